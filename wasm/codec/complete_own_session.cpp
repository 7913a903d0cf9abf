#include "base/ascii.hpp"
#include "codec/complete_config.hpp"
#include "rules/own_session_cookies.hpp"
#include "rules/own_tokens.hpp"
#include "rules/sign_out_state.hpp"
#include "web/set_cookie.hpp"

namespace landfall {

namespace {

/// Whether a browser takes a cookie of a domain from a host (RFC 6265 5.1.3): the same, or one below it.
bool covers(std::string_view domain, std::string_view host) {
  if (domain.starts_with('.')) domain.remove_prefix(1);
  const Text end = concat(".", domain);
  const Text whole = concat(".", host);
  return whole.size() >= end.size() && equal_ignoring_case(whole.view().substr(whole.size() - end.size()), end);
}

}  // namespace

ConfigError complete_own_session(SessionPolicy& session, std::string_view origin, const Secrets& secrets) {
  // It needs the ID Token, to say whose session ends.
  session.id_token |= session.end_provider_session;
  const auto line = build_set_cookie({.name = session_cookie_name(session, true, kSessionCookies.suffix),
                                      .value = "",
                                      .max_age_seconds = session.life.max_age,
                                      .same_site = session.same_site,
                                      .secure = true,
                                      .http_only = true,
                                      .domain = session.domain});
  if (!line) {
    const bool is_name = line.error().parameter == "set-cookie.name";
    return {.parameter = is_name ? "session.name" : "session.domain", .problem = Problem::value};
  }
  std::string_view host = part(origin, "://").behind;
  host = take_until(host, ':');
  if (!session.domain.empty() && !origin.empty() && !covers(session.domain, host))
    return {.parameter = "session.domain", .problem = Problem::value};
  if (secrets.is_awaited) return {.problem = Problem::none};
  if (secrets.list.empty()) return {.parameter = "secret", .problem = Problem::missing};
  for (const std::string_view secret : secrets.list) {
    session.keys.push_back(PurposeKey(secret, kSessionPurpose));
    session.token_keys.push_back(PurposeKey(secret, kTokensPurpose));
    session.sign_out_keys.push_back(PurposeKey(secret, kSignOutPurpose));
  }
  return {.problem = Problem::none};
}

}  // namespace landfall
