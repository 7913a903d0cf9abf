#include "rules/token_request.hpp"

#include "base/base64url.hpp"
#include "base/utf8.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

/// The parameters of a request, as a form or as a JSON object.
class Body {
 public:
  explicit Body(bool is_json) : is_json_(is_json) {}

  void add(std::string_view name, std::string_view value) {
    if (is_json_)
      append_json_member(text_, name, value);
    else
      append_form_field(text_, name, value);
  }

  /// Exactly one way of client authentication per request (RFC 6749 2.3). Basic needs id and secret form-encoded before
  /// they are joined (RFC 6749 2.3.1). Otherwise a `:` or a `%` in a secret breaks logins.
  ClientRequest authenticate(const Provider& provider, ClientAuthentication authentication,
                             std::string_view client_secret) {
    if (authentication != ClientAuthentication::client_secret_basic) {
      add("client_id", provider.client_id);
      if (authentication == ClientAuthentication::client_secret_post) add("client_secret", client_secret);
      return build({});
    }
    Text credentials;
    append_form_encoded(credentials, provider.client_id);
    credentials += ':';
    append_form_encoded(credentials, client_secret);
    return build(concat("Basic ", base64(credentials)));
  }

 private:
  ClientRequest build(const Text& authorization) {
    if (is_json_) text_ += '}';
    return {.body = text_,
            .content_type = is_json_ ? "application/json" : "application/x-www-form-urlencoded",
            .authorization = authorization};
  }

  bool is_json_;
  Text text_;
};

}  // namespace

ClientRequest build_token_request(const Provider& provider, ClientAuthentication authentication,
                                  std::string_view client_secret, std::string_view code, std::string_view redirect_uri,
                                  std::string_view code_verifier) {
  Body body(provider.json_body);
  body.add("grant_type", "authorization_code");
  body.add("code", code);
  body.add("redirect_uri", redirect_uri);
  if (provider.pkce) body.add("code_verifier", code_verifier);
  return body.authenticate(provider, authentication, client_secret);
}

ClientRequest build_refresh_request(const Provider& provider, ClientAuthentication authentication,
                                    std::string_view client_secret, std::string_view refresh_token) {
  Body body(provider.json_body);
  body.add("grant_type", "refresh_token");
  body.add("refresh_token", refresh_token);
  return body.authenticate(provider, authentication, client_secret);
}

ClientRequest build_revocation_request(const Provider& provider, ClientAuthentication authentication,
                                       std::string_view client_secret, std::string_view token,
                                       std::string_view token_type_hint) {
  Body body(false);
  body.add("token", token);
  if (!token_type_hint.empty()) body.add("token_type_hint", token_type_hint);
  return body.authenticate(provider, authentication, client_secret);
}

}  // namespace landfall
