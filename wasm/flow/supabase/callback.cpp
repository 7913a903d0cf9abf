#include "flow/supabase/callback.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "flow/error_page.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/attempts.hpp"
#include "flow/supabase/exchange.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/verifiers.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall::supabase {
namespace {

/// Whether the same sign-in may still succeed: of two responses at once, the server refuses one.
bool may_go_on(const AuthorizationResponse& response, ErrorCode code) {
  if (code == ErrorCode::flow_state_already_used) return true;
  const bool is_final = code >= ErrorCode::flow_state_not_found || code == ErrorCode::email_not_provided;
  return !is_final && (response.error == "server_error" || response.error == "temporarily_unavailable");
}

ErrorCode check_auth_response(const AuthorizationResponse& response) {
  if (response.has_tokens) return ErrorCode::response_type_unexpected;
  const bool is_error = !response.error.empty() || !response.error_code.empty();
  if (is_error) return response.code.empty() ? redirect_error_code(response) : ErrorCode::code_and_error;
  // A bare response does not come here.
  if (response.code.empty()) return ErrorCode::email_change_half_confirmed;
  return check_code(response.code);
}

}  // namespace

bool is_arrival(const Config& config, const Request& request) {
  if (config.supabase() == nullptr) return false;
  const auto response = parse_authorization_response(parse_request_url(request.url).query);
  if (!response) return false;
  const bool is_root = config.is_root(parse_request_url(request.url).path);
  const bool is_server = !response->error.empty() && response->has_error_code;
  const bool is_explained = !response->error.empty() && !response->error_description.empty();
  if (is_root && is_server) return true;
  // The Site URL may have a path, but there an app has errors of its own.
  const bool is_likely = is_root ? is_explained || is_uuid(response->code) : is_server && is_explained;
  if (!is_likely) return false;
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return false;
  const ProjectCookies cookies(request.cookie, config.supabase()->cookie_name);
  return !find_attempts(config, request, cookies, *origin, response->flow_id, response->code).list.empty();
}

Step& auth_callback(const Config& config, const Request& request, std::string_view origin) {
  if (const Error error = check_supabase_configured(config); error.code != ErrorCode::ok)
    return respond_not_set(config, request, error);
  if (request.method != "GET") return respond_wrong_method(config, "GET");
  const auto parsed = parse_authorization_response(parse_request_url(request.url).query);
  if (!parsed) return respond_error(config, parsed.error());
  const AuthorizationResponse& response = *parsed;
  const Project& project = *config.supabase();
  // The response may be in the fragment, which only a script sees.
  const bool is_bare = response.code.empty() && response.error.empty() && response.error_code.empty() &&
                       response.message.empty() && !response.has_tokens;
  if (is_bare) return respond_error_page(config, request, ErrorCode::response_missing);

  const ProjectCookies cookies(request.cookie, project.cookie_name);
  const Attempts attempts = find_attempts(config, request, cookies, origin, response.flow_id, response.code);
  const bool is_known = !response.flow_id.empty() && !attempts.list.empty();
  // A flow id has one at most. Without it, a sign-in that is the only one under way is at least the one to start again.
  const bool is_likely = attempts.list.size() == 1;
  const Text query_next = read_form_field(parse_request_url(request.url).query, "next");
  const std::string_view asked =
      is_likely && !attempts.list.front().next.empty() ? attempts.list.front().next : std::string_view(query_next);
  Outcome outcome{.provider = default_provider(project), .next = choose_next(config, asked, origin, "")};
  if (is_likely && !attempts.list.front().provider.empty()) outcome.provider = attempts.list.front().provider;
  ErrorCode code = check_auth_response(response);
  // That this browser never started it is the better explanation only where there is a code to redeem.
  if (code == ErrorCode::ok) code = attempts.code;
  if (code != ErrorCode::ok) {
    if (is_known && !may_go_on(response, code))
      outcome.set_cookies =
          end_attempt(project, request, cookies, is_secure_origin(origin), attempts.list.front(), response.flow_id);
    outcome.detail = describe(response.error_code.empty() ? response.error : response.error_code, kMaxErrorBytes);
    outcome.description = describe(response.error_description, kMaxErrorDescriptionBytes);
    // The flow id is a secret of this browser: somebody else's link would not have it.
    return respond_refusal(config, code, outcome, is_known ? response.error_description : std::string_view());
  }

  Pending pending;
  pending[Pending::origin] = origin;
  pending[Pending::next] = choose_next(config, query_next, origin, "");
  pending[Pending::flow_id] = response.flow_id;
  pending[Pending::auth_code] = response.code;
  pending[Pending::attempts] = join_attempts(attempts.list);
  return ask_for_session(project, pending, Stage::exchange);
}

}  // namespace landfall::supabase
