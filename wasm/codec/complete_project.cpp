#include "base/limits.hpp"
#include "codec/complete_config.hpp"
#include "web/set_cookie.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The cookie option that no browser takes: name, domain or path; empty when all are well.
std::string_view find_unusable(const supabase::Project& project) {
  constexpr std::string_view kPrefix = "set-cookie.";
  if (project.cookie_name.size() > kMaxCookieNameBytes) return "name";
  const auto line = build_set_cookie({.name = concat(project.cookie_name, "-flows-code-verifier"),
                                      .value = "",
                                      .max_age_seconds = 0,
                                      .same_site = SameSite::lax,
                                      .secure = project.secure,
                                      .http_only = false,
                                      .path = project.cookie_path,
                                      .domain = project.cookie_domain});
  return line ? std::string_view() : line.error().parameter.substr(kPrefix.size());
}

}  // namespace

ConfigError complete_project(supabase::Project& project, const Secrets& secrets) {
  if (project.api.empty()) return {.parameter = "supabase.url", .problem = Problem::missing};
  if (project.key.empty()) return {.parameter = "supabase.key", .problem = Problem::missing};
  if (supabase::is_secret_key(project.key)) return {.parameter = "supabase.key", .problem = Problem::secret_key};
  const bool has_own_name = !project.cookie_name.empty();
  if (!has_own_name) project.cookie_name = supabase::default_cookie_name(parse_url(project.api)->host);
  const std::string_view unusable = find_unusable(project);
  // For [::1] the name has brackets, so the app has to give another name.
  if (unusable == "name" && !has_own_name)
    return {.parameter = "supabase.cookieOptions.name", .problem = Problem::missing};
  if (!unusable.empty()) return {.parameter = concat("supabase.cookieOptions.", unusable), .problem = Problem::value};
  if (secrets.is_awaited) return {.problem = Problem::none};
  // The project's key is public: a seal made with it proves nothing about who started a flow.
  if (project.own_flows && secrets.list.empty()) return {.parameter = "secret", .problem = Problem::missing};
  derive_keys(project.keys, secrets.list, project.key);
  return {.problem = Problem::none};
}

}  // namespace landfall
