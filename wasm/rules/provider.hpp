#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"

namespace landfall {

/// How the client names itself at the token endpoint (RFC 6749 2.3.1, OpenID Connect Core 9).
enum class ClientAuthentication : std::uint8_t { unset, client_secret_basic, client_secret_post, none };

/// The addresses of a provider, from the configuration, a preset or its metadata; empty where there is none.
struct Endpoints {
  std::string_view authorization_endpoint;
  std::string_view token_endpoint;
  std::string_view jwks_uri;
  std::string_view userinfo_endpoint;
  /// A second profile request that lists e-mail addresses, where a provider keeps them apart (Bitbucket).
  std::string_view emails_endpoint;
  std::string_view revocation_endpoint;
  ClientAuthentication authentication = ClientAuthentication::unset;
  /// The authorization response has to carry `iss` (RFC 9207 3).
  bool iss_required = false;
};

/// One provider as the app configured it: data, and nothing that a flow has to ask a name for.
struct Provider {
  std::string_view name;
  /// The path of its redirect_uri, which no other provider has (RFC 9700 4.4.2.2).
  std::string_view callback;
  std::string_view client_id;
  std::string_view client_secret;
  /// The issuer identifier (RFC 8414 2); empty for plain OAuth 2.0 without one.
  std::string_view issuer;
  /// Scope tokens joined by one space (RFC 6749 3.3).
  std::string_view scope;
  Endpoints endpoints;
  /// Extra authorization request parameters from the configuration, none of them a protocol parameter of ours.
  List<std::pair<std::string_view, std::string_view>> authorization_params;
  std::optional<std::int64_t> max_age;
  /// OpenID Connect registration's id_token_signed_response_alg; empty takes every accepted algorithm.
  std::string_view id_token_signed_response_alg;
  /// Ask the profile endpoints after the token.
  bool userinfo = false;
  /// response_mode=form_post: the authorization response is a POST.
  bool form_post = false;
  /// `openid` is among the scope tokens.
  bool openid = false;
  /// The options that are there without a value ("providers.work.clientId"): nobody signs in before they have one.
  List<std::string_view> missing;
  /// Keys that seal this provider's transactions, newest first; the first one seals, each one opens.
  List<HmacKey> keys;

  /// The endpoints come from the issuer's metadata.
  [[nodiscard]] bool needs_metadata() const { return endpoints.token_endpoint.empty(); }
};

/// The path of a provider's option: "providers.work.clientId".
Text option_path(std::string_view provider, std::string_view option);

/// What is known about a provider by its name.
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
