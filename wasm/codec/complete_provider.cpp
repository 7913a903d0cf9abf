#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/apply_row.hpp"
#include "codec/complete_config.hpp"
#include "rules/authorization_url.hpp"
#include "rules/metadata.hpp"
#include "rules/signature_algorithm.hpp"

namespace landfall {
namespace {

/// Whether its ID Tokens are MACs: then the client secret is the key, and there is no key set.
bool has_mac(const Provider& provider) {
  const SignatureAlgorithm* named = find_signature_algorithm(provider.id_token_signed_response_alg);
  return named != nullptr && named->is_mac();
}

/// Every word once.
Text join_words(std::string_view first, std::string_view more) {
  Text words = first;
  while (!more.empty()) {
    const std::string_view word = take_until(more, ' ');
    if (!word.empty() && !has_word(words, word)) words += concat(" ", word);
  }
  return words;
}

/// One tenant, or a list that names each of them by its GUID.
bool is_tenant_list(std::string_view tenants) {
  if (tenants.find(' ') == std::string_view::npos) return tenants != kNobody;
  while (!tenants.empty())
    if (!is_guid(take_until(tenants, ' '))) return false;
  return true;
}

/// Fills up the options from the row and from each other. Returns the one that is missing, or nothing.
std::string_view complete_options(Provider& provider, const KnownProvider& row) {
  if (provider.client_id.empty()) return "clientId";
  Endpoints& endpoints = provider.endpoints;
  const bool has_own_profile = !endpoints.userinfo_endpoint.empty();
  if (const std::string_view missing = apply_row(provider, row); !missing.empty()) return missing;
  provider.allow = join_words(kLoginHint, provider.allow);
  if (provider.signs()) {
    if (provider.team_id.empty()) return "teamId";
    if (provider.key_id.empty()) return "keyId";
    endpoints.authentication = ClientAuthentication::client_secret_post;
  }
  // The core requests a profile address that the app chose.
  if (provider.userinfo == Promise::unset && has_own_profile) provider.userinfo = Promise::yes;
  provider.openid = has_word(provider.scope, "openid") || (provider.scope.empty() && !provider.issuer.empty());
  if (provider.openid && provider.scope.empty()) provider.scope = "openid";
  if (endpoints.authorization_endpoint.empty() != endpoints.token_endpoint.empty())
    return endpoints.token_endpoint.empty() ? "tokenEndpoint" : "authorizationEndpoint";
  if (provider.issuer.empty() && provider.needs_metadata()) return "issuer";
  if (!provider.needs_metadata()) {
    if (provider.openid && provider.issuer.empty()) return "issuer";
    if (provider.openid && !has_mac(provider) && endpoints.jwks_uri.empty()) return "jwksUri";
    if (provider.userinfo == Promise::yes && endpoints.userinfo_endpoint.empty()) return "userinfoEndpoint";
    if (endpoints.authentication == ClientAuthentication::unset)
      endpoints.authentication = default_authentication(provider);
  }
  const bool needs_secret = endpoints.authentication == ClientAuthentication::client_secret_basic ||
                            endpoints.authentication == ClientAuthentication::client_secret_post || has_mac(provider);
  if (needs_secret && provider.own_secret().empty()) return "clientSecret";
  return {};
}

/// Binds the derived key to its purpose, so that no other cookie sealed with the same secret can pass for a
/// transaction.
constexpr std::string_view kPurpose = "landfall transaction 2";

}  // namespace

void derive_keys(List<HmacKey>& keys, std::span<const std::string_view> secrets, std::string_view fallback) {
  const auto derive = [&keys](std::string_view secret) {
    const std::array<std::string_view, 1> parts{kPurpose};
    const Sha256Digest key = HmacKey(secret).sign(parts);
    keys.push_back(HmacKey(as_bytes(key)));
  };
  for (const std::string_view secret : secrets) derive(secret);
  if (secrets.empty()) derive(fallback);
}

ConfigError complete_provider(Provider& provider, const Secrets& secrets) {
  const KnownProvider row = known_provider(provider.use.empty() ? provider.name : provider.use);
  if (!provider.use.empty() && row[Column::names].empty())
    return {.parameter = option_path(provider.name, "use"), .problem = Problem::value};
  if (!is_tenant_list(provider.tenant))
    return {.parameter = option_path(provider.name, "tenant"), .problem = Problem::value};
  const std::string_view option = complete_options(provider, row);
  // The row's own servers have none where the provider has no ID Tokens, or no documents of them.
  const bool is_for_id_token = !provider.needs_metadata() && (option == "issuer" || option == "jwksUri");
  if (!option.empty())
    return {.parameter = option_path(provider.name, option),
            .problem = is_for_id_token ? Problem::openid : Problem::missing};
  // A shorter key than the hash is refused (RFC 7518 3.2).
  if (has_mac(provider) && provider.client_secret.size() < kMinSecretBytes)
    return {.parameter = option_path(provider.name, "clientSecret"), .problem = Problem::too_short};
  if (secrets.is_awaited) return {.problem = Problem::none};
  if (secrets.list.empty() && provider.own_secret().empty())
    return {.parameter = "secret", .problem = Problem::missing};
  // With one cookie, an attacker can try every value of a short text.
  if (secrets.list.empty() && provider.own_secret().size() < kMinSecretBytes)
    return {.parameter = "secret", .problem = Problem::weak};
  derive_keys(provider.keys, secrets.list, provider.own_secret());
  return {.problem = Problem::none};
}

}  // namespace landfall
