#include "flow/supabase/confirm.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "flow/error_page.hpp"
#include "flow/form_body.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/exchange.hpp"
#include "pages/confirm_page.hpp"
#include "rules/public_origin.hpp"
#include "web/form.hpp"

namespace landfall::supabase {
namespace {

constexpr auto kTypes =
    std::to_array<std::string_view>({"signup", "invite", "magiclink", "recovery", "email_change", "email"});

bool is_type(std::string_view type) {
  for (const std::string_view known : kTypes)
    if (known == type) return true;
  return false;
}

bool is_token_hash(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTokenHashBytes && is_printable_ascii(text);
}

}  // namespace

Step& confirm(const Config& config, const Request& request) {
  if (is_speculative(request)) return respond_nothing();
  if (const Error error = check_supabase_configured(config); error.code != ErrorCode::ok)
    return respond_not_set(config, request, error);
  if (config.supabase() == nullptr) return respond_error(config, ErrorCode::config_invalid);
  const bool is_post = request.method == "POST";
  if (!is_post && request.method != "GET") return respond_wrong_method(config, "GET, POST");
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  if (is_post)
    if (const ErrorCode code = check_same_origin(request, *origin); code != ErrorCode::ok)
      return respond_error(config, code);
  std::string_view form;
  if (Step* step = missing_form(config, request, form)) return *step;

  const Text token_hash = read_form_field(form, "token_hash");
  const Text type = read_form_field(form, "type");
  const std::string_view next = choose_next(config, read_form_field(form, "next"), *origin, "");
  if (!is_token_hash(token_hash) || !is_type(type))
    return respond_error(config, {.code = ErrorCode::token_hash_missing}, {.next = next});
  const bool redeems_get = !is_post && config.supabase()->verify_on_get;
  // A request from an image or a frame on another site does not sign in.
  if (redeems_get)
    if (const ErrorCode code = check_navigation(request); code != ErrorCode::ok) return respond_error(config, code);
  // A frame that its worker passes on looks like a page.
  if (!is_post && (!redeems_get || is_passed_on(request))) {
    // Not no-referrer: the button's POST would have no Origin then, by which older browsers show where it comes from.
    Respond& page = respond_page(
        build_confirm_page({.action = config.paths.confirm, .type = type, .token_hash = token_hash, .next = next}),
        "same-origin");
    page.next = next;
    page.is_quiet = true;
    return page;
  }
  Pending pending;
  pending[Pending::origin] = *origin;
  pending[Pending::next] = next;
  pending[Pending::auth_code] = token_hash;
  pending[Pending::redirect_type] = type;
  return ask_for_session(*config.supabase(), pending, Stage::redeem);
}

}  // namespace landfall::supabase
