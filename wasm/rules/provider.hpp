#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"
#include "rules/issuer.hpp"

namespace landfall {

/// How the client authenticates at the token endpoint (RFC 6749 2.3.1, OpenID Connect Core 9).
enum class ClientAuthentication : std::uint8_t { unset, client_secret_basic, client_secret_post, none };

/// Something that the configuration says or else the metadata: `unset` where neither does.
enum class Promise : std::uint8_t { unset, no, yes };

/// The addresses of a provider, from the configuration, its row or its metadata. A missing address is empty.
struct Endpoints {
  std::string_view authorization_endpoint;
  std::string_view token_endpoint;
  std::string_view jwks_uri;
  std::string_view userinfo_endpoint;
  /// The address of a second profile request for e-mail addresses, for providers that list them separately (Bitbucket).
  std::string_view emails_endpoint;
  std::string_view revocation_endpoint;
  std::string_view end_session_endpoint;
  ClientAuthentication authentication = ClientAuthentication::unset;
  /// Whether the authorization response must have `iss` (RFC 9207 3).
  Promise iss = Promise::unset;
  /// The algorithms that the provider lists for ID Tokens, as far as Landfall knows them, with blanks between.
  std::string_view id_token_algs;
};

/// Names and values of parameters.
using Parameters = List<std::pair<std::string_view, std::string_view>>;

/// One provider as the app configured it. It holds only data, so that flows never depend on a provider's name.
struct Provider {
  std::string_view name;
  /// The path of its redirect_uri. No other provider has the same one (RFC 9700 4.4.2.2).
  std::string_view callback;
  std::string_view client_id;
  std::string_view client_secret;
  /// The issuer identifier (RFC 8414 2); empty for plain OAuth 2.0 without an issuer.
  std::string_view issuer;
  /// Scope tokens joined by one space (RFC 6749 3.3).
  std::string_view scope;
  Endpoints endpoints;
  /// Extra authorization request parameters from the configuration. None of them is a protocol parameter that Landfall
  /// sets.
  Parameters authorization_params;
  std::optional<std::int64_t> max_age;
  /// OpenID Connect registration's id_token_signed_response_alg: the only one that is accepted, unless it is empty.
  std::string_view id_token_signed_response_alg;
  /// Call the profile endpoints after the token request: `unset` where the row decides, or an address of the app's.
  Promise userinfo = Promise::unset;
  /// response_mode=form_post: the authorization response is a POST.
  bool form_post = false;
  /// `openid` is among the scope tokens.
  bool openid = false;
  /// The name of the row of providers.def, where it is another than the provider's.
  std::string_view use;
  /// What the addresses of a row leave open.
  std::string_view host;
  std::string_view tenant;
  /// For a client secret that is a JWT, signed with ES256: the issuer, the key's name, and the key as PKCS#8 in
  /// base64url.
  std::string_view team_id;
  std::string_view key_id;
  std::string_view private_key;
  /// The parameters of the authorization request that a sign-in may add: each once, with blanks between.
  std::string_view allow;
  /// The rest of the row. Where the client and the provider weaken each other, only the row's own servers may ask for
  /// it.
  std::string_view also_issuer;
  std::string_view headers;
  std::string_view profile;
  std::string_view emails;
  bool pkce = true;
  bool nonce = true;
  bool json_body = false;
  /// The options that are present without a value ("providers.work.clientId"). Sign-in is impossible until all have
  /// one.
  List<std::string_view> missing;
  /// Keys that seal this provider's transactions, newest first. The first key seals, and any key opens.
  List<HmacKey> keys;

  /// The endpoints come from the issuer's metadata.
  [[nodiscard]] bool needs_metadata() const { return endpoints.token_endpoint.empty(); }
  /// Who may speak for it.
  [[nodiscard]] Issuers issuers() const { return {.issuer = issuer, .also_issuer = also_issuer, .tenant = tenant}; }
  /// The client secret is a JWT that each use of it signs (`SIGN`).
  [[nodiscard]] bool signs() const { return client_secret.empty() && !private_key.empty(); }
  /// What only this app and this provider know.
  [[nodiscard]] std::string_view own_secret() const { return signs() ? private_key : client_secret; }
};

/// Whether a name can stand in cookies, queries and events: 1 to 64 of [A-Za-z0-9_-].
bool is_provider_name(std::string_view name);

/// The path of a provider's option: "providers.work.clientId".
Text option_path(std::string_view provider, std::string_view option);

}  // namespace landfall
