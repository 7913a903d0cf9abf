#pragma once

#include <string_view>

#include "base/errors.hpp"
#include "base/list.hpp"
#include "rules/own_session.hpp"
#include "web/set_cookie.hpp"

namespace landfall {

/// Whether the build has sessions: LANDFALL_SESSION.
constexpr bool kHasSessions = LANDFALL_HAS_SESSION != 0;

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
  /// Newest first.
  List<SessionKey> keys;

  [[nodiscard]] bool is_on() const { return kHasSessions && is_wanted; }
};

/// The name of the session's cookie: `__Host-` on https without a domain, `__Secure-` with one (6265bis 4.1.3).
Text session_cookie_name(const SessionPolicy& policy, bool secure);

/// The session in a Cookie header; null for none that counts now. A longer session has a second cookie with the name's
/// suffix `.1`. Another site of the domain may set cookies of the same name, so at most kMaxCookieCandidates are tried.
const OpenedSession* find_own_session(const SessionPolicy& policy, std::string_view origin,
                                      std::string_view cookie_header, std::int64_t now);

/// Appends the Set-Cookie values that keep a session, and remove what an earlier one left. Error: session_too_large,
/// and nothing is appended. @param entropy fresh random bytes.
ErrorCode keep_own_session(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                           const OwnSession& session, std::string_view entropy, std::int64_t now,
                           List<std::string_view>& set_cookies);

/// Appends the Set-Cookie values that remove every cookie of a session that the browser sent.
void clear_own_session(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                       List<std::string_view>& set_cookies);

}  // namespace landfall
