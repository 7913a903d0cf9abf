#include "flow/error_page.hpp"

#include "base/capabilities.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "pages/error_page.hpp"
#include "rules/public_origin.hpp"
#include "rules/setting.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The page of a code. @param known the facts for the reply. @param error its parameter is an option without a value,
/// or empty.
Respond& respond_page_of(const Config& config, const Outcome& known, const Error& error, std::string_view referrer,
                         std::string_view words = {}) {
  const ErrorPage about{.code = error.code,
                        .provider = known.provider,
                        .words = words,
                        .next = known.next,
                        .option = error.parameter,
                        .variable = place(variable_name(error.parameter)),
                        .sign_in_path = config.paths.sign_in,
                        .home_path = config.in_app("/"),
                        .callback_path = config.wants_supabase() ? config.paths.callback : std::string_view()};
  Respond& respond = respond_page(build_error_page(about), referrer);
  respond.code = error.code;
  respond.parameter = error.parameter;
  respond.provider = known.provider;
  respond.next = known.next;
  return respond;
}

}  // namespace

Respond& respond_error_page(const Config& config, const Request& request, ErrorCode code) {
  const std::string_view query = parse_request_url(request.url).query;
  Outcome known{.next = choose_next(config, read_form_field(query, "next"), "", "")};
  const Text provider = read_form_field(query, "provider");
  const Provider* direct = config.find_provider(provider);
  known.provider = direct != nullptr ? direct->name : config.find_supabase_provider(provider);
  return respond_page_of(config, known, {.code = code}, "same-origin");
}

Step& error_page(const Config& config, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return respond_wrong_method(config, "GET");
  const Text name = read_form_field(parse_request_url(request.url).query, "error");
  const ErrorCode code = find_error(name);
  // find_error says internal_error for a name that it does not know.
  const bool is_known = error_row(code).name == name;
  return respond_error_page(config, request, is_known ? code : ErrorCode::ok);
}

Respond& respond_refusal(const Config& config, ErrorCode code, const Outcome& outcome, std::string_view words) {
  const bool is_said = code == ErrorCode::supabase_hook_refused && !words.empty() &&
                       words.size() <= kMaxErrorDescriptionBytes && is_plain_text(words);
  if (!is_said || config.has_own_error_page || !kHasPages) return respond_error(config, {.code = code}, outcome);
  Respond& respond = respond_page_of(config, outcome, {.code = code}, "no-referrer", words);
  respond.status = 403;
  respond.detail = outcome.detail;
  respond.description = outcome.description;
  for (const std::string_view cookie : outcome.set_cookies) respond.headers.push_back({"set-cookie", cookie});
  return respond;
}

Respond& respond_not_set(const Config& config, const Request& request, const Error& error, const Outcome& outcome) {
  if (!is_on_this_machine(config.origin, request)) return respond_error(config, error, outcome);
  Respond& respond = respond_page_of(config, outcome, error, "no-referrer");
  respond.status = 500;
  return respond;
}

}  // namespace landfall
