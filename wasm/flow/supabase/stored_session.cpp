#include "flow/supabase/stored_session.hpp"

#include "base/utf8.hpp"
#include "flow/not_set.hpp"
#include "json/compact.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"

namespace landfall::supabase {

Result<FoundSession> read_stored_session(const Config& config, const Request& request) {
  if (const Error error = check_configured(config, request); error.code != ErrorCode::ok) return error;
  if (const Error error = check_supabase_configured(config); error.code != ErrorCode::ok) return error;
  FoundSession stored;
  if (config.supabase() == nullptr) return stored;
  const ProjectCookies cookies(request.cookie, config.supabase()->cookie_name);
  const auto json = read_session(cookies);
  if (json && parse_session(*json) != nullptr) {
    stored.json = to_ascii_json(*json);
    return stored;
  }
  // Without a public origin, the scheme is unknown. A later call with an origin removes the cookies.
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return stored;
  CookieWriter writer(*config.supabase(), is_secure_origin(*origin));
  clear_session(writer, cookies);
  writer.append_to(stored.set_cookies);
  return stored;
}

void keep_renewed_session(const Project& project, const Request& request, std::string_view origin,
                          const Document& session, std::string_view json, List<std::string_view>& set_cookies) {
  CookieWriter writer(project, is_secure_origin(origin));
  const Text kept = compact_json(json, project.tokens_only ? "user" : std::string_view());
  write_session(writer, ProjectCookies(request.cookie, project.cookie_name),
                complete_session(session, kept, request.now));
  writer.append_to(set_cookies);
}

}  // namespace landfall::supabase
