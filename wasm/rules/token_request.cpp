#include "rules/token_request.hpp"

#include "base/base64url.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

/// Exactly one way of client authentication per request (RFC 6749 2.3). Basic needs id and secret form-encoded before
/// they are joined (RFC 6749 2.3.1). Otherwise a `:` or a `%` in a secret breaks logins.
ClientRequest authenticate(Text body, const Provider& provider, ClientAuthentication authentication) {
  if (authentication == ClientAuthentication::client_secret_basic) {
    Text credentials;
    append_form_encoded(credentials, provider.client_id);
    credentials += ':';
    append_form_encoded(credentials, provider.client_secret);
    return {.body = body, .authorization = concat("Basic ", base64(credentials))};
  }
  append_form_field(body, "client_id", provider.client_id);
  if (authentication == ClientAuthentication::client_secret_post)
    append_form_field(body, "client_secret", provider.client_secret);
  return {.body = body, .authorization = {}};
}

}  // namespace

ClientRequest build_token_request(const Provider& provider, ClientAuthentication authentication, std::string_view code,
                                  std::string_view redirect_uri, std::string_view code_verifier) {
  Text body;
  append_form_field(body, "grant_type", "authorization_code");
  append_form_field(body, "code", code);
  append_form_field(body, "redirect_uri", redirect_uri);
  append_form_field(body, "code_verifier", code_verifier);
  return authenticate(body, provider, authentication);
}

ClientRequest build_revocation_request(const Provider& provider, ClientAuthentication authentication,
                                       std::string_view token, std::string_view token_type_hint) {
  Text body;
  append_form_field(body, "token", token);
  if (!token_type_hint.empty()) append_form_field(body, "token_type_hint", token_type_hint);
  return authenticate(body, provider, authentication);
}

}  // namespace landfall
