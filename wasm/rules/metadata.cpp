#include "rules/metadata.hpp"

#include <array>

#include "base/ascii.hpp"
#include "rules/signature_algorithm.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

constexpr auto kMembers = std::to_array<std::string_view>(
    {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "revocation_endpoint",
     "end_session_endpoint", "token_endpoint_auth_methods_supported", "authorization_response_iss_parameter_supported",
     "id_token_signing_alg_values_supported"});

bool supports(const Document& json, std::string_view method) {
  for (const Document::Member& member : json.members)
    if (member.path.starts_with("token_endpoint_auth_methods_supported/") && member.value.text == method) return true;
  return false;
}

ClientAuthentication choose_authentication(const Document& json, const Provider& provider) {
  const bool prefers_post =
      !provider.client_secret.empty() && !supports(json, "client_secret_basic") && supports(json, "client_secret_post");
  return prefers_post ? ClientAuthentication::client_secret_post : default_authentication(provider);
}

/// The known ones of the algorithms that the provider may sign with (OpenID Connect Discovery 3).
Text read_algorithms(const Document& json) {
  Text algorithms;
  for (const Document::Member& member : json.members) {
    const SignatureAlgorithm* algorithm = member.path.starts_with("id_token_signing_alg_values_supported/")
                                              ? find_signature_algorithm(member.value.text)
                                              : nullptr;
    if (algorithm != nullptr && !has_word(algorithms, algorithm->alg)) algorithms += concat(algorithm->alg, " ");
  }
  return algorithms;
}

/// Whether requests may go to an address that metadata names. Only an issuer on this machine may name this machine, or
/// plain http.
bool is_endpoint(std::string_view text, bool is_local_issuer) {
  const auto url = parse_url(text);
  if (!url || url->has_fragment) return false;
  return is_local_issuer ? is_secure_url(*url) : url->scheme == "https" && !is_loopback(url->host);
}

}  // namespace

Text build_metadata_url(const Provider& provider) {
  std::string_view issuer = provider.issuer;
  const std::string_view slashless = issuer.ends_with('/') ? issuer.substr(0, issuer.size() - 1) : issuer;
  if (provider.openid) return concat(slashless, "/.well-known/openid-configuration");
  const std::size_t path = slashless.find('/', slashless.find("://") + 3);
  const std::string_view tail = path == std::string_view::npos ? std::string_view() : slashless.substr(path);
  return concat(slashless.substr(0, path), "/.well-known/oauth-authorization-server", tail);
}

ClientAuthentication default_authentication(const Provider& provider) {
  return provider.client_secret.empty() ? ClientAuthentication::none : ClientAuthentication::client_secret_basic;
}

Result<Endpoints> parse_metadata(const FetchResult& result, const Provider& provider) {
  if (result.failure != FetchFailure::none || result.status != 200)
    return failure_code(result, ErrorCode::discovery_unavailable);
  const Document* document = parse_json_object(result, kMembers, 2);
  if (document == nullptr) return ErrorCode::discovery_invalid;
  const Document& json = *document;
  if (json.at("issuer").text != provider.issuer) return Error{ErrorCode::discovery_issuer, "issuer"};

  Endpoints endpoints = provider.endpoints;
  const bool is_local = is_loopback_url(provider.issuer);
  struct Row {
    std::string_view name;
    std::string_view* value;
    bool is_needed;
  };
  for (const Row& row :
       {Row{"authorization_endpoint", &endpoints.authorization_endpoint, true},
        Row{"token_endpoint", &endpoints.token_endpoint, true}, Row{"jwks_uri", &endpoints.jwks_uri, provider.openid},
        Row{"userinfo_endpoint", &endpoints.userinfo_endpoint, provider.userinfo == Promise::yes},
        Row{"revocation_endpoint", &endpoints.revocation_endpoint, false},
        Row{"end_session_endpoint", &endpoints.end_session_endpoint, false}}) {
    if (!row.value->empty()) continue;
    const std::string_view address = json.at(row.name).text;
    if (is_endpoint(address, is_local))
      *row.value = address;
    else if (row.is_needed)
      return Error{ErrorCode::discovery_invalid, row.name};
  }
  if (endpoints.authentication == ClientAuthentication::unset)
    endpoints.authentication = choose_authentication(json, provider);
  const bool promises_iss = json.at("authorization_response_iss_parameter_supported").text == "true";
  if (endpoints.iss == Promise::unset && promises_iss) endpoints.iss = Promise::yes;
  endpoints.id_token_algs = read_algorithms(json);
  return endpoints;
}

Result<Endpoints> resolve_endpoints(const Provider& provider, const FetchResult* metadata) {
  if (!provider.needs_metadata()) return provider.endpoints;
  if (metadata == nullptr) return ErrorCode::discovery_required;
  return parse_metadata(*metadata, provider);
}

}  // namespace landfall
