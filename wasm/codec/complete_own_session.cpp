#include "codec/complete_config.hpp"
#include "web/set_cookie.hpp"

namespace landfall {

ConfigError complete_own_session(SessionPolicy& session, const Secrets& secrets) {
  const auto line = build_set_cookie({.name = session_cookie_name(session, true),
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
  if (secrets.is_awaited) return {.problem = Problem::none};
  if (secrets.list.empty()) return {.parameter = "secret", .problem = Problem::missing};
  for (const std::string_view secret : secrets.list) session.keys.push_back(SessionKey(secret));
  return {.problem = Problem::none};
}

}  // namespace landfall
