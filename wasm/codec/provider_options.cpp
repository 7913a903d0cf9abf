#include "codec/provider_options.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/nearest.hpp"
#include "rules/authorization_url.hpp"
#include "rules/id_token.hpp"
#include "rules/metadata.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"clientId", "clientSecret", "issuer", "authorizationEndpoint", "tokenEndpoint", "jwksUri", "userinfoEndpoint",
     "revocationEndpoint", "scopes", "tokenEndpointAuthMethod", "responseMode", "authorizationParams",
     "authorizationResponseIssParameterSupported", "idTokenSignedResponseAlg", "userinfo"});

using Failure = std::optional<ConfigError>;

Failure wrong(Problem problem) { return ConfigError{.parameter = {}, .problem = problem}; }

Failure missing(const Provider& provider, std::string_view option) {
  return ConfigError{.parameter = concat("providers.", provider.name, ".", option), .problem = Problem::missing};
}

Failure read_text(std::string_view& out, const Value& value) {
  if (!value.is_string()) return wrong(Problem::type);
  if (value.text.empty()) return wrong(Problem::missing);
  out = value.text;
  return std::nullopt;
}

Failure read_flag(bool& out, const Value& value) {
  if (value.kind != Kind::boolean) return wrong(Problem::type);
  out = value.text == "true";
  return std::nullopt;
}

Failure read_url(std::string_view& out, const Value& value, bool allows_query) {
  if (!value.is_string()) return wrong(Problem::type);
  const auto url = parse_url(value.text);
  if (!url || url->has_fragment || (url->has_query && !allows_query)) return wrong(Problem::url);
  if (!is_secure_url(*url)) return wrong(Problem::insecure);
  out = value.text;
  return std::nullopt;
}

/// One scope token, or several in one string (RFC 6749 3.3).
Failure read_scope(std::string_view& scope, const Value& value) {
  if (!value.is_string()) return wrong(Problem::type);
  for (const char c : value.text)
    if (!is_printable_ascii(c) || c == '"' || c == '\\') return wrong(Problem::value);
  scope = concat(scope, scope.empty() || value.text.empty() ? "" : " ", value.text);
  return std::nullopt;
}

Failure read_authentication(ClientAuthentication& out, const Value& value) {
  if (!value.is_string()) return wrong(Problem::type);
  if (value.text == "client_secret_basic")
    out = ClientAuthentication::client_secret_basic;
  else if (value.text == "client_secret_post")
    out = ClientAuthentication::client_secret_post;
  else if (value.text == "none")
    out = ClientAuthentication::none;
  else
    return wrong(Problem::value);
  return std::nullopt;
}

Failure read_authorization_param(Provider& provider, std::string_view name, const Value& value) {
  if (is_reserved_parameter(name)) return wrong(Problem::reserved);
  if (!value.is_string() && value.kind != Kind::number) return wrong(Problem::type);
  if (name == "max_age") {
    provider.max_age = parse_decimal(value.text);
    if (!provider.max_age) return wrong(Problem::value);
  }
  provider.authorization_params.push_back({name, value.text});
  return std::nullopt;
}

bool has_scope(std::string_view scope, std::string_view token) {
  while (!scope.empty()) {
    const std::size_t end = scope.find(' ');
    if (scope.substr(0, end) == token) return true;
    scope.remove_prefix(end == std::string_view::npos ? scope.size() : end + 1);
  }
  return false;
}

void apply_preset(Provider& provider) {
  const Preset* preset = provider.issuer.empty() ? find_preset(provider.name) : nullptr;
  if (preset == nullptr || !provider.endpoints.authorization_endpoint.empty()) return;
  Endpoints& endpoints = provider.endpoints;
  endpoints.authorization_endpoint = preset->authorization_endpoint;
  if (endpoints.token_endpoint.empty()) endpoints.token_endpoint = preset->token_endpoint;
  if (endpoints.userinfo_endpoint.empty()) {
    endpoints.userinfo_endpoint = preset->userinfo_endpoint;
    endpoints.emails_endpoint = preset->emails_endpoint;
  }
  if (endpoints.authentication == ClientAuthentication::unset && !provider.client_secret.empty())
    endpoints.authentication = preset->authentication;
  if (provider.scope.empty()) provider.scope = preset->scope;
}

/// Binds the derived key to what it seals, so that no other cookie sealed with the same secret can pass for a transaction.
constexpr std::string_view kPurpose = "landfall transaction 1";

void derive_keys(Provider& provider, std::span<const std::string_view> secrets) {
  const auto derive = [&provider](std::string_view secret) {
    const std::array<std::string_view, 1> parts{kPurpose};
    const Sha256Digest key = HmacKey(secret).sign(parts);
    provider.keys.push_back(HmacKey(as_bytes(key)));
  };
  for (const std::string_view secret : secrets) derive(secret);
  if (secrets.empty()) derive(provider.client_secret);
}

}  // namespace

bool is_provider_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name)
    if (!is_alnum(c) && c != '-' && c != '_') return false;
  return true;
}

Failure read_provider_option(Provider& provider, std::string_view path, const Value& value) {
  const std::size_t slash = path.find('/');
  const std::string_view name = path.substr(0, slash);
  const std::string_view rest = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  Endpoints& endpoints = provider.endpoints;
  if (name == "clientId") return read_text(provider.client_id, value);
  if (name == "clientSecret") return read_text(provider.client_secret, value);
  if (name == "issuer") return read_url(provider.issuer, value, false);
  if (name == "authorizationEndpoint") return read_url(endpoints.authorization_endpoint, value, true);
  if (name == "tokenEndpoint") return read_url(endpoints.token_endpoint, value, true);
  if (name == "jwksUri") return read_url(endpoints.jwks_uri, value, true);
  if (name == "userinfoEndpoint") {
    // An address of the app's own choice is there to be asked.
    provider.userinfo = true;
    return read_url(endpoints.userinfo_endpoint, value, true);
  }
  if (name == "revocationEndpoint") return read_url(endpoints.revocation_endpoint, value, true);
  if (name == "scopes") return rest.empty() && value.kind == Kind::array ? std::nullopt : read_scope(provider.scope, value);
  if (name == "tokenEndpointAuthMethod") return read_authentication(endpoints.authentication, value);
  if (name == "authorizationResponseIssParameterSupported") return read_flag(endpoints.iss_required, value);
  if (name == "userinfo") return read_flag(provider.userinfo, value);
  if (name == "responseMode") {
    if (!value.is_string() || (value.text != "query" && value.text != "form_post")) return wrong(Problem::value);
    provider.form_post = value.text == "form_post";
    return std::nullopt;
  }
  if (name == "idTokenSignedResponseAlg") {
    if (!value.is_string() || find_signature_algorithm(value.text) == nullptr) return wrong(Problem::value);
    return read_text(provider.id_token_signed_response_alg, value);
  }
  if (name == "authorizationParams") {
    if (!rest.empty()) return read_authorization_param(provider, rest, value);
    return value.kind == Kind::object ? std::nullopt : wrong(Problem::type);
  }
  return ConfigError{.parameter = {}, .problem = Problem::unknown, .suggestion = nearest(name, kNames)};
}

Failure complete_provider(Provider& provider, std::span<const std::string_view> secrets) {
  if (provider.client_id.empty()) return missing(provider, "clientId");
  apply_preset(provider);
  Endpoints& endpoints = provider.endpoints;
  provider.openid = has_scope(provider.scope, "openid") || (provider.scope.empty() && !provider.issuer.empty());
  if (provider.openid && provider.scope.empty()) provider.scope = "openid";
  if (provider.issuer.empty() && endpoints.authorization_endpoint.empty()) return missing(provider, "issuer");
  if (endpoints.authorization_endpoint.empty() != endpoints.token_endpoint.empty())
    return missing(provider, endpoints.token_endpoint.empty() ? "tokenEndpoint" : "authorizationEndpoint");
  if (!provider.needs_metadata()) {
    if (provider.openid && provider.issuer.empty()) return missing(provider, "issuer");
    if (provider.openid && endpoints.jwks_uri.empty()) return missing(provider, "jwksUri");
    if (provider.userinfo && endpoints.userinfo_endpoint.empty()) return missing(provider, "userinfoEndpoint");
    if (endpoints.authentication == ClientAuthentication::unset) endpoints.authentication = default_authentication(provider);
  }
  const bool needs_secret = endpoints.authentication == ClientAuthentication::client_secret_basic ||
                            endpoints.authentication == ClientAuthentication::client_secret_post;
  if (needs_secret && provider.client_secret.empty()) return missing(provider, "clientSecret");
  if (secrets.empty() && provider.client_secret.empty()) return ConfigError{.parameter = "secret", .problem = Problem::missing};
  derive_keys(provider, secrets);
  return std::nullopt;
}

}  // namespace landfall
