#include "flow/supabase/sign_out.hpp"

#include <limits>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/ask.hpp"
#include "flow/supabase/stored_session.hpp"
#include "flow/supabase/verified_session.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/supabase/verifiers.hpp"
#include "rules/token_response.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall::supabase {
namespace {

constexpr std::string_view kOthers = "others";

Fetch& go_on(Fetch& fetch, const Pending& pending, Stage stage) {
  fetch.resume = build_resume(pending, stage);
  return fetch;
}

/// Whether a refusal says that the sessions of a scope are over. That this one is over says nothing of the others, and
/// a lost refresh token says nothing of the person's other sessions.
bool is_over(std::string_view error, std::string_view scope) {
  if (scope == kOthers) return false;
  if (error == "session_not_found" || error == "user_not_found") return true;
  return scope == "local" && error == "refresh_token_not_found";
}

/// The person is signed out here. @param result a refusal or a failure; empty when nobody was asked.
Step& give_up(const Config& config, const Request& request, Pending& pending, const FetchResult& result) {
  const ProviderError refusal = provider_error(result);
  if (!is_over(refusal.error, pending[Pending::scope])) note_failure(pending, result, refusal);
  return start_app_sign_out(config, request, pending);
}

}  // namespace

std::string_view choose_scope(const Request& request) {
  const Text scope = read_form_field(parse_request_url(request.url).query, "scope");
  for (const std::string_view known : {std::string_view("local"), kOthers})
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
  const Project& project = *config.supabase();
  const std::string_view scope = choose_scope(request);
  pending[Pending::scope] = scope;
  const auto json = read_session(ProjectCookies(request.cookie, project.cookie_name));
  const Document* session = json ? parse_session(*json) : nullptr;
  if (session == nullptr)
    return scope == kOthers ? give_up(config, request, pending, {}) : start_app_sign_out(config, request, pending);
  const std::string_view access_token = session->at("access_token").text;
  const std::string_view refresh_token = session->at("refresh_token").text;
  const Text family = renewal_family(project, access_token);
  if (scope != kOthers && pending[Pending::family].empty()) pending[Pending::family] = family;
  const std::int64_t expires_at =
      parse_decimal(session->at("expires_at").text).value_or(std::numeric_limits<std::int64_t>::max());
  if (is_token(refresh_token) && expires_at - request.now < kExpiryMarginSeconds)
    return go_on(ask_refresh(project, refresh_token), pending, Stage::refresh);
  if (is_token(access_token)) return go_on(ask_logout(project, access_token, scope), pending, Stage::logout);
  return give_up(config, request, pending, {});
}

Step& resume_log_out(const Config& config, const Request& request, Pending& pending, const FetchResult& result) {
  if (pending.stage == Stage::logout) {
    const bool is_done = result.failure == FetchFailure::none && result.status >= 200 && result.status < 300;
    return is_done ? start_app_sign_out(config, request, pending) : give_up(config, request, pending, result);
  }
  ProviderError refusal;
  const auto session = parse_session_response(result, refusal);
  if (!session) return give_up(config, request, pending, result);
  if (pending[Pending::scope] == kOthers) {
    List<std::string_view> lines = split_lines(pending[Pending::cookies]);
    keep_renewed_session(*config.supabase(), request, pending[Pending::origin], *session, result.body, lines);
    pending[Pending::cookies] = join_lines(lines);
  }
  return go_on(ask_logout(*config.supabase(), session->at("access_token").text, pending[Pending::scope]), pending,
               Stage::logout);
}

}  // namespace landfall::supabase
