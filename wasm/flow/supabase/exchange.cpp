#include "flow/supabase/exchange.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "flow/admit.hpp"
#include "flow/error_page.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/ask.hpp"
#include "flow/supabase/attempts.hpp"
#include "json/compact.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "web/url.hpp"

namespace landfall::supabase {
namespace {

/// The rest of a callback or of an e-mail link, once the server has answered.
class Exchange {
 public:
  Exchange(const Config& config, const Request& request, Pending& pending)
      : config_(config),
        project_(*config.supabase()),
        request_(request),
        pending_(pending),
        cookies_(request.cookie, project_.cookie_name),
        is_secure_(is_secure_origin(pending[Pending::origin])),
        attempts_(split_attempts(pending[Pending::attempts])) {}

  Step& resume(const FetchResult& result) {
    ProviderError refusal;
    const auto session = parse_session_response(result, refusal);
    if (session) return succeed(*session, result.body);
    const ErrorCode code = session.error().code;
    if (is_retryable(result)) {
      const auto delay = retry_delay(result);
      return delay ? retry(*delay) : fail(code, refusal, false);
    }
    if (code == ErrorCode::bad_code_verifier && attempts_.size() > 1) return try_next();
    // Without a response, the code may still be valid.
    const bool is_over =
        result.failure == FetchFailure::none && (result.status == 200 || !pending_[Pending::flow_id].empty());
    return fail(code, refusal, is_over);
  }

 private:
  [[nodiscard]] Attempt attempt() const { return attempts_.empty() ? Attempt{} : attempts_.front(); }

  [[nodiscard]] std::int64_t tries() const { return parse_decimal(pending_[Pending::tries]).value_or(0); }

  /// The milliseconds until the next try; nothing when there is none. The code lives from the start of the sign-in. A
  /// server that counts requests (429) is asked again only when it says when, and that is soon.
  [[nodiscard]] std::optional<std::int64_t> retry_delay(const FetchResult& result) const {
    const std::int64_t created = attempt().created;
    // The server's own deadline took ten seconds already, and the person waits.
    const std::int64_t most = result.status == 504 ? 1 : kMaxRetries;
    if (tries() >= most || (created != 0 && request_.now - created >= kSupabaseFlowSeconds)) return {};
    const std::int64_t delay = kRetryDelayMilliseconds << tries();
    const std::int64_t seconds = parse_decimal(trim(result.retry_after)).value_or(0);
    if (seconds > kMaxRetryAfterSeconds || (result.status == 429 && seconds == 0)) return {};
    return std::max(delay, seconds * 1000);
  }

  Step& retry(std::int64_t delay) {
    Text next_try;
    append_decimal(next_try, tries() + 1);
    pending_[Pending::tries] = next_try;
    Fetch& fetch = ask_for_session(project_, pending_, pending_.stage);
    fetch.delay_milliseconds = delay;
    return fetch;
  }

  Step& try_next() {
    List<Attempt> rest;
    for (std::size_t i = 1; i < attempts_.size(); ++i) rest.push_back(attempts_[i]);
    pending_[Pending::attempts] = join_attempts(rest);
    return ask_for_session(project_, pending_, Stage::exchange);
  }

  /// The Set-Cookie values that end the flow; an e-mail link has none to end.
  [[nodiscard]] List<std::string_view> ended() const {
    if (attempts_.empty()) return {};
    const std::string_view flow_id = pending_[Pending::flow_id];
    return end_attempt(project_, request_, cookies_, is_secure_, attempts_.front(),
                       flow_id.empty() ? pending_[Pending::auth_code] : flow_id);
  }

  [[nodiscard]] std::string_view provider() const { return attempt().provider; }

  /// Empty when no target was given.
  [[nodiscard]] std::string_view next() const {
    // Checked again on the way out: the seal proves that we wrote it, not that today's routes are those of then.
    if (attempt().next.empty()) return pending_[Pending::next];
    return choose_next(config_, attempt().next, pending_[Pending::origin], {});
  }

  Step& fail(ErrorCode code, const ProviderError& refusal, bool is_over) {
    return respond_refusal(config_, code,
                           {.provider = provider().empty() ? default_provider(project_) : provider(),
                            .next = next(),
                            .set_cookies = is_over ? ended() : List<std::string_view>{},
                            .detail = refusal.error,
                            .description = refusal.error_description},
                           refusal.words);
  }

  Step& succeed(const Document& session, std::string_view json) {
    const Text compact = compact_json(json, {});
    const Text told = config_.wants_session ? tell_session(complete_session(session, compact, request_.now)) : Text();
    if (told.size() > kMaxSessionBytes) return fail(ErrorCode::token_too_large, {}, true);
    const Text kept = project_.tokens_only ? compact_json(json, "user") : compact;
    const bool is_recovery = attempt().is_recovery || pending_[Pending::redirect_type] == "recovery";
    const std::string_view fallback = is_recovery ? config_.paths.after_recovery : config_.paths.after_sign_in;
    const std::string_view target = next().empty() ? fallback : next();
    SignedIn signed_in{.session = told,
                       .provider = provider(),
                       .next = target,
                       .asked_next = next(),
                       .redirect_type = is_recovery ? "recovery" : "",
                       .ended = ended()};
    CookieWriter writer(project_, is_secure_);
    write_session(writer, cookies_, complete_session(session, kept, request_.now));
    writer.append_to(signed_in.session_cookies);
    warn(signed_in, kept);
    return admit(config_, request_, signed_in);
  }

  /// @param kept the session's JSON in the cookies.
  void warn(SignedIn& signed_in, std::string_view kept) const {
    List<std::string_view> lines = signed_in.ended;
    for (const std::string_view line : signed_in.session_cookies) lines.push_back(line);
    const std::size_t bytes = estimate_cookie_header(request_.cookie, lines);
    if (bytes > kLargeCookieHeaderBytes) {
      Text detail = "cookie=";
      append_decimal(detail, static_cast<std::int64_t>(bytes));
      for (const MemberSize& member : member_sizes(kept)) {
        if (member.bytes < kLargeMemberBytes || detail.size() > kMaxErrorDescriptionBytes) continue;
        detail += concat(" ", describe(member.name, kMaxErrorBytes), "=");
        append_decimal(detail, static_cast<std::int64_t>(member.bytes));
      }
      signed_in.warnings.push_back({.code = ErrorCode::session_cookie_large, .detail = detail});
    }
    // The Site URL's root, in place of the callback.
    if (pending_.stage == Stage::exchange && config_.is_root(parse_request_url(request_.url).path) &&
        !config_.is_root(config_.paths.callback))
      signed_in.warnings.push_back({.code = ErrorCode::redirect_to_replaced});
  }

  const Config& config_;
  const Project& project_;
  const Request& request_;
  Pending& pending_;
  ProjectCookies cookies_;
  bool is_secure_;
  List<Attempt> attempts_;
};

}  // namespace

Fetch& ask_for_session(const Project& project, Pending& pending, Stage stage) {
  const auto attempts = split_attempts(pending[Pending::attempts]);
  Fetch& fetch = stage == Stage::redeem
                     ? ask_verify(project, pending[Pending::redirect_type], pending[Pending::auth_code])
                     : ask_session(project, pending[Pending::auth_code],
                                   attempts.empty() ? std::string_view() : attempts.front().code_verifier);
  fetch.resume = build_resume(pending, stage);
  return fetch;
}

Step& resume_exchange(const Config& config, const Request& request, Pending& pending, const FetchResult& result) {
  return Exchange(config, request, pending).resume(result);
}

}  // namespace landfall::supabase
