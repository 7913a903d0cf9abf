#pragma once

#include <string_view>

#include "base/capabilities.hpp"
#include "rules/own_session.hpp"
#include "rules/seal.hpp"
#include "web/set_cookie.hpp"

namespace landfall {

/// How the app keeps sessions.
struct SessionPolicy {
  /// The app has the option.
  bool is_wanted = false;
  /// What the cookies' names begin with: it keeps two apps on one host apart.
  std::string_view name = "landfall";
  SessionLife life;
  SameSite same_site = SameSite::lax;
  /// Empty for this host alone.
  std::string_view domain;
  /// A second cookie keeps the provider's access token and refresh token.
  bool tokens = false;
  /// And the ID Token.
  bool id_token = false;
  /// A sign-out goes on to the provider's.
  bool end_provider_session = false;
  PurposeKeys keys;
  PurposeKeys token_keys;
  /// Seal the `state` of a sign-out.
  PurposeKeys sign_out_keys;

  [[nodiscard]] bool is_on() const { return kHasSessions && is_wanted; }
};

/// The place that seals are bound to: the public origin, or the domain of an app with several.
inline std::string_view place_of(const SessionPolicy& policy, std::string_view origin) {
  return policy.domain.empty() ? origin : policy.domain;
}

}  // namespace landfall
