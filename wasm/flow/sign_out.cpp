#include "flow/sign_out.hpp"

#include "base/ascii.hpp"
#include "flow/client.hpp"
#include "flow/error_page.hpp"
#include "flow/fetch.hpp"
#include "flow/not_set.hpp"
#include "flow/own_session.hpp"
#include "flow/respond.hpp"
#include "flow/sign_in.hpp"
#include "flow/supabase/sign_out.hpp"
#include "rules/metadata.hpp"
#include "rules/redirect.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {

namespace {

/// Every cookie of ours that a sign-out ends: none where it ends the person's other sessions only.
List<std::string_view> cleared_cookies(const Config& config, const Request& request, bool secure) {
  List<std::string_view> lines;
  if (config.supabase != nullptr && supabase::choose_scope(request) == "others") return lines;
  lines = clear_cookies(request.cookie, secure);
  end_own_session(config, request, lines);
  if (config.supabase != nullptr) supabase::clear_project_cookies(*config.supabase, request, secure, lines);
  return lines;
}

/// The person is signed out here, even if other servers failed.
Respond& finish_sign_out(const Config& config, const Pending& pending) {
  Respond& done = respond_redirect(pending[Pending::next], split_lines(pending[Pending::cookies]));
  if (config.supabase != nullptr || config.session.is_on()) set_session_headers(done);
  done.provider = pending[Pending::provider];
  if (pending[Pending::code].empty()) return done;
  done.code = find_error(pending[Pending::code]);
  done.detail = pending[Pending::detail];
  done.description = pending[Pending::description];
  done.provider_status = parse_decimal(pending[Pending::status]).value_or(0);
  return done;
}

}  // namespace

Step& sign_out(const Config& config, const Request& request) {
  if (is_speculative(request)) return respond_nothing();
  if (request.method != "POST") return respond_wrong_method(config, "POST");
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  if (const ErrorCode code = check_same_origin(request, *origin); code != ErrorCode::ok)
    return respond_error(config, code);
  // The sign-out of other providers does not need Supabase.
  if (const Error error = check_supabase_configured(config); error.code != ErrorCode::ok && config.providers.empty())
    return respond_not_set(config, request, error);

  const Text next = read_form_field(parse_request_url(request.url).query, "next");
  Pending pending;
  pending[Pending::next] = choose_next(config, next, *origin, config.paths.after_sign_out);
  pending[Pending::origin] = *origin;
  pending[Pending::cookies] = join_lines(cleared_cookies(config, request, is_secure_origin(*origin)));
  return config.supabase != nullptr ? supabase::start_log_out(config, request, pending)
                                    : start_app_sign_out(config, pending);
}

void note_failure(Pending& pending, const FetchResult& result, const ProviderError& refusal) {
  pending[Pending::code] = error_row(failure_code(result, ErrorCode::revocation_failed)).name;
  pending[Pending::detail] = refusal.error.empty() ? result.cause : refusal.error;
  pending[Pending::description] = refusal.error_description;
  Text status;
  append_decimal(status, result.status);
  pending[Pending::status] = status;
}

Step& start_app_sign_out(const Config& config, const Pending& pending) {
  if (!config.wants_sign_out) return finish_sign_out(config, pending);
  auto& ask = place<AskSignOut>();
  ask.resume = build_resume(pending, Stage::app_sign_out);
  return ask;
}

Step& resume_app_sign_out(const Config& config, const Request& request, Pending& pending, const FetchResult& result) {
  const HookResult& hook = request.hook;
  if (result.failure == FetchFailure::refused) return respond_error(config, ErrorCode::sign_out_failed);
  if (!hook.redirect.empty()) {
    const Text redirect = read_redirect(hook.redirect, config.base_path);
    if (redirect.empty()) return respond_error(config, {ErrorCode::sign_out_failed, "redirect"});
    pending[Pending::next] = redirect;
  }
  const Provider* provider = hook.revoke_token.empty() ? nullptr : config.find_provider(hook.revoke_provider);
  if (provider == nullptr || !provider->missing.empty()) return finish_sign_out(config, pending);
  pending[Pending::provider] = provider->name;
  // The result of the hook has no status. In that case, nobody has asked for the metadata yet.
  const bool has_metadata = result.status != 0 || result.failure != FetchFailure::none;
  if (provider->needs_metadata() && !has_metadata) {
    Fetch& fetch = ask_metadata(*provider);
    fetch.resume = build_resume(pending, Stage::app_sign_out);
    return fetch;
  }
  const auto endpoints = resolve_endpoints(*provider, has_metadata ? &result : nullptr);
  if (!endpoints) return fail_sign_out(config, pending, endpoints.error().code);
  if (endpoints->revocation_endpoint.empty()) return with_keep(finish_sign_out(config, pending));
  pending[Pending::endpoint] = endpoints->revocation_endpoint;
  pending[Pending::token] = hook.revoke_token;
  pending[Pending::token_type_hint] = hook.token_type_hint;
  return with_keep(start_revocation(*provider, endpoints->authentication, pending, request.now));
}

Step& fail_sign_out(const Config& config, Pending& pending, ErrorCode code) {
  pending[Pending::code] = error_row(code).name;
  return finish_sign_out(config, pending);
}

Step& resume_revocation(const Config& config, Pending& pending, const FetchResult& result) {
  // Tolerated but told: a token of a type that the server cannot revoke, or a server that is down (RFC 7009 2.2.1).
  if (result.failure != FetchFailure::none || result.status != 200)
    note_failure(pending, result, provider_error(result));
  return finish_sign_out(config, pending);
}

}  // namespace landfall
