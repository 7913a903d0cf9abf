#include "flow/sign_out.hpp"

#include "flow/fetch.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/sign_in.hpp"
#include "flow/supabase/sign_out.hpp"
#include "rules/metadata.hpp"
#include "rules/token_request.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {

namespace {

/// Every cookie of ours that a sign-out ends: none where it ends the person's other sessions only.
List<std::string_view> cleared_cookies(const Config& config, const Request& request, bool secure) {
  if (config.supabase == nullptr) return clear_cookies(request.cookie, secure);
  List<std::string_view> lines;
  if (supabase::choose_scope(request) == "others") return lines;
  lines = clear_cookies(request.cookie, secure);
  supabase::clear_project_cookies(*config.supabase, request, secure, lines);
  return lines;
}

}  // namespace

Step& sign_out(const Config& config, const Request& request, const Revocation& revocation,
               const FetchResult* metadata) {
  if (is_speculative(request)) return respond_nothing();
  if (request.method != "POST") return respond_wrong_method(config, "POST");
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  if (const ErrorCode code = check_same_origin(request, *origin); code != ErrorCode::ok)
    return respond_error(config, code);
  // Other providers' sign-out needs nothing of Supabase.
  if (const Error error = check_supabase_configured(config); error.code != ErrorCode::ok && config.providers.empty())
    return respond_not_set(config, request, error);

  const Text next = read_form_field(parse_request_url(request.url).query, "next");
  Respond& done = respond_redirect(choose_next(config, next, *origin, config.paths.after_sign_out),
                                   cleared_cookies(config, request, is_secure_origin(*origin)));
  if (config.supabase != nullptr) set_session_headers(done);
  if (revocation.token.empty()) return supabase::start_log_out(config, request, done);

  const Provider* provider = config.find_provider(revocation.provider);
  if (provider == nullptr || !provider->missing.empty()) return done;
  done.provider = provider->name;
  if (provider->needs_metadata() && metadata == nullptr) return ask_metadata(*provider);
  const auto endpoints = resolve_endpoints(*provider, metadata);
  if (!endpoints) {
    done.code = endpoints.error().code;
    return done;
  }
  if (endpoints->revocation_endpoint.empty()) return with_keep(done);
  Pending pending = build_pending(done);
  pending[Pending::provider] = provider->name;
  Fetch& fetch = ask_form(
      endpoints->revocation_endpoint,
      build_revocation_request(*provider, endpoints->authentication, revocation.token, revocation.token_type_hint),
      false);
  fetch.resume = build_resume(pending, Stage::revoke);
  return with_keep(fetch);
}

Step& resume_sign_out(const Pending& pending, const FetchResult& result) {
  Respond& done = respond_redirect(pending[Pending::next], split_lines(pending[Pending::cookies]));
  done.provider = pending[Pending::provider];
  // Tolerated but told: a token of a type that the server cannot revoke, or a server that is down (RFC 7009 2.2.1).
  if (result.failure != FetchFailure::none || result.status != 200) done.code = ErrorCode::revocation_failed;
  return done;
}

}  // namespace landfall
