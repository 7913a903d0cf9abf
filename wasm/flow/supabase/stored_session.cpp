#include "flow/supabase/stored_session.hpp"

#include "base/utf8.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/answer.hpp"
#include "rules/supabase/session_cookies.hpp"

namespace landfall::supabase {

std::string_view session_text(const Config& config, const Request& request) {
  if (config.supabase == nullptr) return {};
  const auto text = read_session(ProjectCookies(request.cookie, config.supabase->cookie_name));
  return text ? text->view() : std::string_view();
}

StoredSession read_stored_session(const Config& config, const Request& request, std::string_view text,
                                  const Document* session) {
  StoredSession stored;
  if (is_session(session)) {
    stored.json = to_ascii_json(text);
    return stored;
  }
  if (config.supabase == nullptr) return stored;
  // Without a public origin nothing is known of https; what cannot be removed now will be later.
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return stored;
  const ProjectCookies cookies(request.cookie, config.supabase->cookie_name);
  CookieWriter writer(*config.supabase, is_secure_origin(*origin));
  clear_session(writer, cookies);
  writer.append_to(stored.set_cookies);
  return stored;
}

}  // namespace landfall::supabase
