#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"

namespace landfall {

/// How the client authenticates at the token endpoint (RFC 6749 2.3.1, OpenID Connect Core 9).
enum class ClientAuthentication : std::uint8_t { unset, client_secret_basic, client_secret_post, none };

/// Something that the configuration says or else the metadata: `unset` where neither does.
enum class Promise : std::uint8_t { unset, no, yes };

/// The addresses of a provider, from the configuration, a preset or its metadata. A missing address is empty.
struct Endpoints {
  std::string_view authorization_endpoint;
  std::string_view token_endpoint;
  std::string_view jwks_uri;
  std::string_view userinfo_endpoint;
  /// The address of a second profile request for e-mail addresses, for providers that list them separately (Bitbucket).
  std::string_view emails_endpoint;
  std::string_view revocation_endpoint;
  ClientAuthentication authentication = ClientAuthentication::unset;
  /// Whether the authorization response must have `iss` (RFC 9207 3).
  Promise iss = Promise::unset;
  /// The algorithms that the provider lists for ID Tokens, as far as Landfall knows them, with blanks between.
  std::string_view id_token_algs;
};

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
  List<std::pair<std::string_view, std::string_view>> authorization_params;
  std::optional<std::int64_t> max_age;
  /// OpenID Connect registration's id_token_signed_response_alg: the only one that is accepted, unless it is empty.
  std::string_view id_token_signed_response_alg;
  /// Call the profile endpoints after the token request.
  bool userinfo = false;
  /// response_mode=form_post: the authorization response is a POST.
  bool form_post = false;
  /// `openid` is among the scope tokens.
  bool openid = false;
  /// The options that are present without a value ("providers.work.clientId"). Sign-in is impossible until all have
  /// one.
  List<std::string_view> missing;
  /// Keys that seal this provider's transactions, newest first. The first key seals, and any key opens.
  List<HmacKey> keys;

  /// The endpoints come from the issuer's metadata.
  [[nodiscard]] bool needs_metadata() const { return endpoints.token_endpoint.empty(); }
};

/// The path of a provider's option: "providers.work.clientId".
Text option_path(std::string_view provider, std::string_view option);

/// The built-in settings for a provider name.
struct Preset {
  std::string_view name;
  std::string_view authorization_endpoint;
  std::string_view token_endpoint;
  std::string_view userinfo_endpoint;
  std::string_view emails_endpoint;
  std::string_view scope;
  ClientAuthentication authentication;
};

/// The preset of a provider's name, or null.
const Preset* find_preset(std::string_view name);

}  // namespace landfall
