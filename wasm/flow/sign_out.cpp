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
#include "flow/visit.hpp"
#include "rules/entropy.hpp"
#include "rules/metadata.hpp"
#include "rules/redirect.hpp"
#include "rules/sign_out_state.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {

namespace {

/// Whether the person stays signed in here, because the sign-out is for their other sessions only.
bool stays(const Config& config, const Request& request) {
  return config.supabase() != nullptr && supabase::choose_scope(request) == "others";
}

/// Every cookie of ours that a sign-out ends.
List<std::string_view> cleared_cookies(const Config& config, const Request& request, bool secure) {
  List<std::string_view> lines;
  if (stays(config, request)) return lines;
  lines = clear_cookies(request.cookie, secure);
  end_own_session(config, request, lines);
  if (config.supabase() != nullptr) supabase::clear_project_cookies(*config.supabase(), request, secure, lines);
  return lines;
}

/// The person is signed out here, even if other servers failed.
Respond& finish_sign_out(const Config& config, const Pending& pending) {
  const std::string_view end_session = pending[Pending::end_session];
  Respond& done = respond_redirect(end_session.empty() ? pending[Pending::next] : end_session,
                                   split_lines(pending[Pending::cookies]));
  if (config.supabase() != nullptr || config.session.is_on()) set_session_headers(done);
  done.provider = pending[Pending::provider];
  done.forget = pending[Pending::family];
  if (pending[Pending::code].empty()) return done;
  done.code = find_error(pending[Pending::code]);
  done.detail = pending[Pending::detail];
  done.description = pending[Pending::description];
  done.provider_status = parse_decimal(pending[Pending::status]).value_or(0);
  return done;
}

bool ends_provider_session(const Config& config) {
  return config.session.is_on() && config.session.end_provider_session;
}

/// What a sign-out ends at the provider.
struct AtProvider {
  std::string_view provider;
  std::string_view token;
  std::string_view token_type_hint;
  std::string_view id_token;
};

/// The app's word counts first, then the tokens that we keep ourselves.
AtProvider at_provider_of(const Config& config, const Request& request) {
  const HookResult& hook = request.hook;
  AtProvider found{.provider = hook.revoke_provider,
                   .token = hook.revoke_token,
                   .token_type_hint = hook.token_type_hint,
                   .id_token = {}};
  const Visit visit = visit_of(config, request);
  if (visit.opened == nullptr || stays(config, request)) return found;
  if (found.token.empty()) found.provider = visit.opened->session.provider;
  const OwnTokens* tokens = tokens_of(config, request, visit);
  if (tokens == nullptr) return found;
  found.id_token = tokens->id_token;
  if (!found.token.empty()) return found;
  // With the refresh token, its access tokens end too (RFC 7009 2.1).
  const bool has_refresh_token = !tokens->refresh_token.empty();
  found.token = has_refresh_token ? tokens->refresh_token : tokens->access_token;
  found.token_type_hint = has_refresh_token ? "refresh_token" : "access_token";
  return found;
}

/// Where the provider sends the person back to.
Text post_logout_redirect_uri(const Config& config, std::string_view origin) {
  return concat(origin, config.paths.sign_out);
}

/// GET with `state`: the person comes back from the provider's sign-out. They are signed out already.
Step& come_back(const Config& config, const Request& request, std::string_view origin) {
  const Text state = read_form_field(parse_request_url(request.url).query, "state");
  // Checked before it was sealed, and perhaps a URL of the app's onSignOut.
  const std::string_view sealed = read_sign_out_state(config.session, origin, state, request.now);
  Respond& respond = respond_redirect(sealed.empty() ? config.paths.after_sign_out : sealed, {});
  respond.code = sealed.empty() ? ErrorCode::sign_out_state : ErrorCode::ok;
  return respond;
}

/// Asks the provider to end a token, if there is one.
Step& revoke(const Provider& provider, const Endpoints& endpoints, const Config& config, Pending& pending,
             std::int64_t now) {
  if (pending[Pending::token].empty() || endpoints.revocation_endpoint.empty()) return finish_sign_out(config, pending);
  pending[Pending::endpoint] = endpoints.revocation_endpoint;
  return start_revocation(provider, endpoints.authentication, pending, now);
}

}  // namespace

Step& sign_out(const Config& config, const Request& request) {
  if (is_speculative(request)) return respond_nothing();
  const bool goes_on = ends_provider_session(config);
  if (request.method != "POST" && !(goes_on && request.method == "GET"))
    return respond_wrong_method(config, goes_on ? "GET, POST" : "POST");
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  if (goes_on && request.method == "GET") return come_back(config, request, *origin);
  if (const ErrorCode code = check_same_origin(request, *origin); code != ErrorCode::ok)
    return respond_error(config, code);
  // The sign-out of other providers does not need Supabase.
  if (const Error error = check_supabase_configured(config); error.code != ErrorCode::ok && config.providers().empty())
    return respond_not_set(config, request, error);

  const Text next = read_form_field(parse_request_url(request.url).query, "next");
  Pending pending;
  pending[Pending::next] = choose_next(config, next, *origin, config.paths.after_sign_out);
  pending[Pending::origin] = *origin;
  if (const Visit visit = visit_of(config, request); visit.opened != nullptr)
    pending[Pending::family] = refresh_family(visit);
  pending[Pending::cookies] = join_lines(cleared_cookies(config, request, is_secure_origin(*origin)));
  return config.supabase() != nullptr ? supabase::start_log_out(config, request, pending)
                                      : start_app_sign_out(config, request, pending);
}

void note_failure(Pending& pending, const FetchResult& result, const ProviderError& refusal) {
  pending[Pending::code] = error_row(failure_code(result, ErrorCode::revocation_failed)).name;
  pending[Pending::detail] = refusal.error.empty() ? result.cause : refusal.error;
  pending[Pending::description] = refusal.error_description;
  Text status;
  append_decimal(status, result.status);
  pending[Pending::status] = status;
}

Step& start_app_sign_out(const Config& config, const Request& request, Pending& pending) {
  if (!config.wants_sign_out) return leave_provider(config, request, pending, nullptr);
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
  // The result of the hook has no status. In that case, nobody has asked for the metadata yet.
  const bool has_metadata = result.status != 0 || result.failure != FetchFailure::none;
  return leave_provider(config, request, pending, has_metadata ? &result : nullptr);
}

Step& leave_provider(const Config& config, const Request& request, Pending& pending, const FetchResult* metadata) {
  const AtProvider at = at_provider_of(config, request);
  const Provider* provider = at.provider.empty() ? nullptr : config.find_provider(at.provider);
  const bool goes_on = ends_provider_session(config);
  if (provider == nullptr || !provider->missing.empty() || (at.token.empty() && !goes_on))
    return finish_sign_out(config, pending);
  pending[Pending::provider] = provider->name;
  if (provider->needs_metadata() && metadata == nullptr) {
    Fetch& fetch = ask_metadata(*provider);
    fetch.resume = build_resume(pending, Stage::app_sign_out);
    return fetch;
  }
  const auto endpoints = resolve_endpoints(*provider, metadata);
  if (!endpoints) return fail_sign_out(config, pending, endpoints.error().code);
  const std::string_view origin = pending[Pending::origin];
  if (goes_on && !endpoints->end_session_endpoint.empty())
    pending[Pending::end_session] = build_end_session_url(
        endpoints->end_session_endpoint, provider->client_id, at.id_token, post_logout_redirect_uri(config, origin),
        build_sign_out_state(config.session, origin, pending[Pending::next], draw(request.entropy, Drawn::sign_out),
                             request.now));
  pending[Pending::token] = at.token;
  pending[Pending::token_type_hint] = at.token_type_hint;
  return with_keep(revoke(*provider, *endpoints, config, pending, request.now));
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
