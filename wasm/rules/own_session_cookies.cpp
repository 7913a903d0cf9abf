#include "rules/own_session_cookies.hpp"

namespace landfall {

const OpenedSession* find_own_session(const SessionPolicy& policy, std::string_view origin,
                                      std::string_view cookie_header, std::int64_t now) {
  for (const OpenedText& opened : SealedCookies(kSessionCookies, policy, origin, cookie_header).open()) {
    const OwnSession session = unpack_session(opened.text);
    if (is_alive(session, policy.life, now))
      return &place(OpenedSession{.session = session, .has_old_key = opened.has_old_key});
  }
  return nullptr;
}

ErrorCode keep_own_session(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                           const OwnSession& session, std::string_view entropy, std::int64_t now,
                           List<std::string_view>& set_cookies) {
  const SealedCookies cookies(kSessionCookies, policy, origin, cookie_header);
  return cookies.keep(pack_session(session), entropy, expiry_of(session, policy.life) - now, set_cookies)
             ? ErrorCode::ok
             : ErrorCode::session_too_large;
}

}  // namespace landfall
