#pragma once

#include <string_view>

#include "base/errors.hpp"
#include "base/list.hpp"
#include "rules/own_session.hpp"
#include "rules/sealed_cookies.hpp"

namespace landfall {

/// A session that was opened.
struct OpenedSession {
  OwnSession session;
  /// It was sealed with an older key than the first.
  bool has_old_key = false;
};

/// The cookies of a session.
inline constexpr SealedCookies::Kind kSessionCookies{"-session", 2, &SessionPolicy::keys};

/// The session in a Cookie header; null for none that counts now.
const OpenedSession* find_own_session(const SessionPolicy& policy, std::string_view origin,
                                      std::string_view cookie_header, std::int64_t now);

/// Appends the Set-Cookie values that keep a session, and remove what an earlier one left. Error: session_too_large,
/// and nothing is appended. @param entropy fresh random bytes.
ErrorCode keep_own_session(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                           const OwnSession& session, std::string_view entropy, std::int64_t now,
                           List<std::string_view>& set_cookies);

}  // namespace landfall
