#include "flow/supabase/sign_out.hpp"

#include <limits>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/ask.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/supabase/verifiers.hpp"
#include "rules/token_response.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall::supabase {
namespace {

Fetch& go_on(Fetch& fetch, const Pending& pending, Stage stage) {
  fetch.resume = build_resume(pending, stage);
  return fetch;
}

}  // namespace

std::string_view choose_scope(const Request& request) {
  const Text scope = read_form_field(parse_request_url(request.url).query, "scope");
  for (const std::string_view known : {"local", "others"})
    if (scope == known) return known;
  return "global";
}

void clear_project_cookies(const Project& project, const Request& request, bool secure,
                           List<std::string_view>& set_cookies) {
  const ProjectCookies cookies(request.cookie, project.cookie_name);
  CookieWriter writer(project, secure);
  clear_session(writer, cookies);
  clear_verifiers(writer, cookies);
  writer.append_to(set_cookies);
}

Step& start_log_out(const Config& config, const Request& request, Pending& pending) {
  const Project& project = *config.supabase;
  const auto json = read_session(ProjectCookies(request.cookie, project.cookie_name));
  const Document* session = json ? parse_session(*json) : nullptr;
  if (session == nullptr) return start_app_sign_out(config, pending);
  const std::string_view scope = choose_scope(request);
  pending[Pending::scope] = scope;
  const std::string_view access_token = session->at("access_token").text;
  const std::string_view refresh_token = session->at("refresh_token").text;
  const std::int64_t expires_at =
      parse_decimal(session->at("expires_at").text).value_or(std::numeric_limits<std::int64_t>::max());
  // `others` must not rotate the refresh token: this browser would keep the old one.
  const bool needs_refresh =
      scope != "others" && is_token(refresh_token) && expires_at - request.now < kExpiryMarginSeconds;
  if (needs_refresh) return go_on(ask_refresh(project, refresh_token), pending, Stage::refresh);
  if (!is_token(access_token)) return start_app_sign_out(config, pending);
  return go_on(ask_logout(project, access_token, scope), pending, Stage::logout);
}

Step& resume_log_out(const Config& config, Pending& pending, const FetchResult& result) {
  bool is_done = false;
  if (pending.stage == Stage::refresh) {
    ProviderError refusal;
    if (const auto session = parse_session_response(result, refusal))
      return go_on(ask_logout(*config.supabase, session->at("access_token").text, pending[Pending::scope]), pending,
                   Stage::logout);
    // A session that can no longer be refreshed has ended.
    is_done = result.status == 400 || result.status == 403;
  } else {
    is_done =
        result.failure == FetchFailure::none && ((result.status >= 200 && result.status < 300) ||
                                                 result.status == 401 || result.status == 403 || result.status == 404);
  }
  if (!is_done) pending[Pending::code] = error_row(ErrorCode::revocation_failed).name;
  return start_app_sign_out(config, pending);
}

}  // namespace landfall::supabase
