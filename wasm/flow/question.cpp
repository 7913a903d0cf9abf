#include "flow/question.hpp"

#include "flow/access_token.hpp"
#include "flow/logout_token.hpp"
#include "flow/not_set.hpp"
#include "flow/own_session.hpp"
#include "flow/pending.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/verified_session.hpp"
#include "flow/visit.hpp"
#include "rules/public_origin.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// RFC 9110 11.6.1: a 401 names a scheme.
Respond& respond_unauthorized() {
  Respond& respond = respond_json(static_cast<std::uint16_t>(error_row(ErrorCode::session_missing).reply),
                                  R"({"error":"session_missing"})");
  respond.headers.push_back({"www-authenticate", "Cookie"});
  respond.code = ErrorCode::session_missing;
  return respond;
}

/// @param returns the person comes back to the asked page: to a form they cannot.
Respond& send_to_sign_in(const Config& config, const Request& request, std::string_view origin, bool returns) {
  const auto url = parse_request_url(request.url);
  const Text asked = url.query.empty() ? Text(url.path) : concat(url.path, "?", url.query);
  const std::string_view next = returns ? choose_next(config, asked, origin, {}) : std::string_view();
  Text location = config.paths.sign_in_page;
  if (!next.empty()) {
    if (location.view().find('?') == std::string_view::npos) location += '?';
    append_form_field(location, "next", next);
  }
  Respond& respond = respond_redirect(location, {});
  respond.code = ErrorCode::session_missing;
  respond.next = next;
  return respond;
}

/// Whether a request only reads (RFC 9110 9.2.1).
bool only_reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

/// What bars a request from a protected page, whoever is signed in; `ok` for nothing.
Error bar_of(const Config& config, const Request& request) {
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return origin.error();
  return only_reads(request) ? Error{ErrorCode::ok} : Error{check_same_origin(request, *origin)};
}

Respond& refuse(const Config& config, const Request& request, const FoundSession& found) {
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  Respond& refusal =
      is_page_visit(request) ? send_to_sign_in(config, request, *origin, only_reads(request)) : respond_unauthorized();
  for (const std::string_view line : found.set_cookies) refusal.headers.push_back({"set-cookie", line});
  refusal.origin = *origin;
  return refusal;
}

/// The answer from a session of our own.
Step& answer(const Config& config, const Request& request, Wanted wanted, const Visit& visit) {
  return wanted == Wanted::access_token ? get_access_token(config, request, visit)
                                        : conclude(config, request, wanted, found_session(config, request, visit));
}

Step& question_app(const Config& config, const Visit& visit) {
  auto& ask = place<AskRevoked>();
  ask.sid = visit.opened->session.sid;
  ask.session = build_session_view(visit.opened->session, config.session.life);
  ask.resume = build_resume({}, Stage::revoked);
  return ask;
}

/// @param result status 1: the app has ended the session.
Step& resume_revoked(const Config& config, const Request& request, Wanted wanted, const Visit& visit,
                     const FetchResult& result) {
  if (result.failure != FetchFailure::none) return respond_error(config, ErrorCode::session_unavailable);
  if (result.status != 1) return answer(config, request, wanted, visit);
  auto& nobody = place<FoundSession>();
  end_own_session(config, request, nobody.set_cookies);
  return conclude(config, request, wanted, nobody);
}

}  // namespace

Step& conclude(const Config& config, const Request& request, Wanted wanted, FoundSession& found) {
  if (!found.json.empty() || wanted == Wanted::user) return found;
  if (wanted == Wanted::admission) return refuse(config, request, found);
  return respond_error(config, {ErrorCode::session_missing},
                       {.provider = {}, .next = {}, .set_cookies = found.set_cookies});
}

namespace {

Step& next_step(const Config& config, const Request& request, Wanted wanted, std::string_view resume,
                const FetchResult* result) {
  if (!kHasSessions) return respond_error(config, ErrorCode::session_off);
  if (wanted == Wanted::logout) return logout_token(config, request, resume, result);
  if (!config.session.is_on() && !config.wants_supabase()) return respond_error(config, ErrorCode::session_off);
  if (const Error error = check_configured(config, request); error.code != ErrorCode::ok)
    return respond_error(config, error);
  const Visit visit = visit_of(config, request);
  if (!resume.empty()) {
    Pending* pending = parse_resume(resume);
    if (pending == nullptr || result == nullptr) return respond_error(config, {ErrorCode::internal_error, "resume"});
    if (pending->stage >= Stage::renew_session)
      return supabase::resume_verification(config, request, wanted, pending->stage, *result);
    // The session was over in the meantime.
    if (visit.opened == nullptr) return conclude(config, request, wanted, place<FoundSession>());
    if (pending->stage == Stage::revoked) return resume_revoked(config, request, wanted, visit, *result);
    return resume_access_token(config, request, visit, *pending, *result);
  }
  if (wanted == Wanted::admission)
    if (const Error bar = bar_of(config, request); bar.code != ErrorCode::ok) return respond_error(config, bar);
  if (visit.opened == nullptr) return supabase::start_verification(config, request, wanted);
  return config.wants_revoked ? question_app(config, visit) : answer(config, request, wanted, visit);
}

}  // namespace

Step& question(const Config& config, const Request& request, Wanted wanted, std::string_view resume,
               const FetchResult* result) {
  Step& step = next_step(config, request, wanted, resume, result);
  if (step.kind != Step::Kind::respond) return step;
  auto& respond = static_cast<Respond&>(step);
  if (result != nullptr) add_fetch(respond, *result);
  respond.route = "session";
  // That nobody is signed in is no event.
  respond.is_quiet = respond.code == ErrorCode::session_missing;
  return respond;
}

}  // namespace landfall
