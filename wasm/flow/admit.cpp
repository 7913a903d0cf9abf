#include "flow/admit.hpp"

#include "base/ascii.hpp"
#include "flow/own_session.hpp"
#include "flow/respond.hpp"
#include "rules/redirect.hpp"

namespace landfall {
namespace {

/// Warnings as one field: a code, a space and a detail a line.
Text join_warnings(const List<Warning>& warnings) {
  Text lines;
  for (const Warning& warning : warnings) lines += concat(error_row(warning.code).name, " ", warning.detail, "\n");
  return lines;
}

List<Warning> split_warnings(std::string_view lines) {
  List<Warning> warnings;
  for (std::string_view line : split_lines(lines)) {
    const std::string_view name = take_until(line, ' ');
    warnings.push_back({.code = find_error(name), .detail = line});
  }
  return warnings;
}

/// Sends the person on to a target.
Respond& send_on(const Config& config, const Request& request, std::string_view target, SignedIn& signed_in) {
  if (kHasSessions && !signed_in.user.empty()) {
    const auto begun = begin_session(
        config, request,
        {.provider = signed_in.provider, .user = signed_in.user, .tokens = unpack_tokens(signed_in.tokens)});
    if (!begun)
      return respond_error(
          config, begun.error(),
          {.provider = signed_in.provider, .next = signed_in.asked_next, .set_cookies = signed_in.ended});
    for (const std::string_view line : begun->set_cookies) signed_in.session_cookies.push_back(line);
    if (!begun->left_out.empty())
      signed_in.warnings.push_back({.code = ErrorCode::tokens_too_large, .detail = begun->left_out});
  } else {
    end_own_session(config, request, signed_in.session_cookies);
  }
  List<std::string_view> lines = signed_in.ended;
  for (const std::string_view line : signed_in.session_cookies) lines.push_back(line);
  Respond& respond = respond_redirect(target, lines);
  if (!signed_in.session_cookies.empty()) set_session_headers(respond);
  respond.provider = signed_in.provider;
  respond.next = signed_in.next;
  respond.warnings = signed_in.warnings;
  return respond;
}

}  // namespace

Step& admit(const Config& config, const Request& request, SignedIn& signed_in) {
  if (!config.wants_session) return send_on(config, request, signed_in.next, signed_in);
  Pending pending;
  pending[Pending::provider] = signed_in.provider;
  pending[Pending::next] = signed_in.next;
  pending[Pending::asked_next] = signed_in.asked_next;
  pending[Pending::cookies] = join_lines(signed_in.ended);
  pending[Pending::session_cookies] = join_lines(signed_in.session_cookies);
  pending[Pending::user] = signed_in.user;
  pending[Pending::tokens] = signed_in.tokens;
  pending[Pending::warnings] = join_warnings(signed_in.warnings);
  auto& ask = place<AskSession>();
  ask.session = signed_in.session;
  ask.provider = signed_in.provider;
  ask.next = signed_in.next;
  ask.redirect_type = signed_in.redirect_type;
  ask.current = signed_in.current;
  ask.resume = build_resume(pending, Stage::session);
  return ask;
}

Step& resume_admission(const Config& config, const Request& request, const Pending& pending,
                       const FetchResult& result) {
  const std::string_view asked = request.hook.redirect;
  const Text redirect = read_redirect(asked, config.base_path);
  std::string_view fault;
  if (!asked.empty() && redirect.empty()) fault = "redirect";
  // Nothing keeps the app's data where no session of ours begins.
  if (!request.hook.data.empty() && pending[Pending::user].empty()) fault = "data";
  if (result.failure != FetchFailure::none || !fault.empty())
    return respond_error(config, {ErrorCode::session_refused, fault},
                         {.provider = pending[Pending::provider],
                          .next = pending[Pending::asked_next],
                          .set_cookies = split_lines(pending[Pending::cookies])});
  SignedIn signed_in{.session = {},
                     .provider = pending[Pending::provider],
                     .next = pending[Pending::next],
                     .asked_next = pending[Pending::asked_next],
                     .user = pending[Pending::user],
                     .tokens = pending[Pending::tokens],
                     .redirect_type = {},
                     .ended = split_lines(pending[Pending::cookies]),
                     .session_cookies = split_lines(pending[Pending::session_cookies]),
                     .warnings = split_warnings(pending[Pending::warnings])};
  return send_on(config, request, asked.empty() ? pending[Pending::next] : redirect.view(), signed_in);
}

}  // namespace landfall
