#include "flow/callback.hpp"

#include "base/ascii.hpp"
#include "base/constant_time.hpp"
#include "flow/client.hpp"
#include "flow/error_page.hpp"
#include "flow/fetch.hpp"
#include "flow/form_body.hpp"
#include "flow/not_set.hpp"
#include "flow/pending.hpp"
#include "flow/relay.hpp"
#include "flow/respond.hpp"
#include "flow/sign_in.hpp"
#include "flow/supabase/callback.hpp"
#include "flow/supabase/implicit.hpp"
#include "flow/visit.hpp"
#include "rules/authorization_response.hpp"
#include "rules/issuer.hpp"
#include "rules/metadata.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/transaction.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The transaction of a state, as far as this browser has it.
struct Opened {
  ErrorCode code = ErrorCode::transaction_invalid;
  /// A cookie of that name was there. The reply removes it, even if it is damaged.
  bool is_found = false;
  /// Set where the seal is good, also for an expired transaction.
  const Transaction* transaction = nullptr;
  const Provider* provider = nullptr;
};

/// Finds, opens and compares the transaction of a state. The seal comes first: nothing in the cookie means anything
/// before it holds. Then the path has to be the one that this transaction gave its provider: a response that comes
/// elsewhere is another provider's (RFC 9700 4.4.2.2).
/// @param called the provider that comes back to the request's path.
Opened open_transaction(const Config& config, const Request& request, const Provider& called, std::string_view state,
                        std::string_view origin) {
  const bool secure = is_secure_origin(origin);
  if (state.size() > kMaxStateBytes) return {.code = ErrorCode::state_mismatch};
  const auto candidates = find_transactions(request.cookie, secure, state);
  if (candidates.empty())
    return {.code = explain_missing_transaction(request.cookie, secure, state, request_host(request), request.now)};
  Opened opened{.is_found = true};
  for (const std::string_view sealed : candidates) {
    const Transaction* transaction = parse_transaction(sealed);
    const Provider* provider = transaction != nullptr ? config.find_provider(transaction->provider) : nullptr;
    if (provider == nullptr) continue;
    const ErrorCode code = check_transaction(
        sealed, *transaction,
        {.redirect_uri = concat(config.redirect_origin(origin), provider->callback), .issuer = provider->issuer},
        {provider->keys.data(), provider->keys.size()}, request.now);
    if (code == ErrorCode::transaction_invalid) continue;
    // Ours, but of another sign-in whose state begins alike: it stays.
    if (!equal_constant_time(transaction->state, state)) return {.code = ErrorCode::state_mismatch};
    return {.code = provider == &called ? code : ErrorCode::redirect_uri_mismatch,
            .is_found = true,
            .transaction = transaction,
            .provider = provider};
  }
  return opened;
}

/// Everything in the response that is not the code, once its sign-in is known.
ErrorCode check_response(const AuthorizationResponse& response, const Provider& provider, bool iss_required) {
  if (const ErrorCode code = check_iss(response.iss, provider.issuers(), iss_required); code != ErrorCode::ok)
    return code;
  if (response.has_tokens) return ErrorCode::response_type_unexpected;
  if (response.has_response_object) return ErrorCode::response_mode_unexpected;
  if (!response.error.empty())
    return response.code.empty() ? provider_error_code(response.error) : ErrorCode::code_and_error;
  // Facebook refuses without `error`.
  if (response.code.empty() && !response.error_code.empty()) return ErrorCode::provider_error;
  return check_code(response.code);
}

}  // namespace

Step& callback(const Config& config, const Request& request, const FetchResult* metadata) {
  if (supabase::has_implicit_session(request.fragment)) return supabase::start_implicit(config, request);
  if (is_speculative(request)) return respond_nothing();
  if (request.method != "GET" && request.method != "POST") return respond_wrong_method(config, "GET, POST");
  if (const ErrorCode code = check_navigation(request); code != ErrorCode::ok) return respond_error(config, code);
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  const std::string_view path = config.in_app(parse_request_url(request.url).path);
  const Provider* called = config.find_callback(path);
  if (called == nullptr) {
    // With direct providers, every path below the callback is theirs, also the path of a removed provider.
    const bool is_theirs = !config.providers().empty() && is_route_below(path, config.paths.callback);
    return config.wants_supabase() && !is_theirs ? supabase::auth_callback(config, request, *origin)
                                                 : respond_error(config, ErrorCode::callback_unknown);
  }
  const Provider& provider = *called;
  if (const Error error = check_configured(provider); error.code != ErrorCode::ok)
    return respond_not_set(config, request, error, {.provider = provider.name});
  if (request.method == "POST" && !provider.form_post) return respond_error(config, ErrorCode::method_not_allowed);
  std::string_view form;
  if (Step* step = missing_form(config, request, form)) return *step;
  const auto parsed = parse_authorization_response(form);
  if (!parsed) return respond_error(config, parsed.error());
  const AuthorizationResponse& response = *parsed;
  if (!response.is_present) return respond_error(config, ErrorCode::response_missing);
  if (response.state.empty())
    return respond_error(config,
                         response.has_response_object ? ErrorCode::response_mode_unexpected : ErrorCode::state_missing);

  const ReceivedState received = receive_state(config, response.state, *origin);
  if (received.is_elsewhere) return relay_response(config, request, response.state);
  const Opened opened = open_transaction(config, request, provider, received.state, *origin);
  Outcome outcome;
  if (opened.is_found)
    outcome.set_cookies = end_cookies(request.cookie, is_secure_origin(*origin), received.state, received.state);
  if (opened.transaction != nullptr) {
    outcome.provider = opened.provider->name;
    outcome.next = opened.transaction->next;
  }
  if (opened.code != ErrorCode::ok) return respond_error(config, {.code = opened.code}, outcome);
  // Supabase Auth sends its code to any path of the app's host, with any query that an evil provider wrote. So this
  // code may be meant for Supabase. It comes by GET alone, so a provider whose own codes look alike can use form_post.
  if (config.wants_supabase() && !provider.form_post && is_uuid(response.code))
    return respond_error(config, {.code = ErrorCode::redirect_uri_mismatch}, outcome);
  // With `ok` there is one.
  const Transaction& transaction = *opened.transaction;  // NOLINT(clang-analyzer-core.NullDereference)
  if (provider.form_post && request.method != "POST") return respond_error(config, ErrorCode::response_mode_unexpected);

  if (provider.needs_metadata() && metadata == nullptr) return ask_metadata(provider);

  const auto endpoints = resolve_endpoints(provider, metadata);
  if (!endpoints) return respond_error(config, endpoints.error(), outcome);
  if (const ErrorCode code = check_response(response, provider, endpoints->iss == Promise::yes);
      code != ErrorCode::ok) {
    outcome.detail = describe(response.error.empty() ? response.error_code : response.error, kMaxErrorBytes);
    outcome.description =
        describe(response.error_description.empty() ? response.error_message : response.error_description,
                 kMaxErrorDescriptionBytes);
    return with_keep(respond_error(config, {.code = code}, outcome));
  }

  Pending pending;
  pending[Pending::provider] = provider.name;
  // Checked again on the way out: the seal proves that we wrote it, not that today's routes are those of then.
  pending[Pending::next] = choose_next(config, transaction.next, *origin, config.paths.after_sign_in);
  pending[Pending::cookies] = join_lines(outcome.set_cookies);
  pending[Pending::nonce] = transaction.nonce;
  // There is no second redirect_uri that this response could have been meant for; but to compare is better.
  if (!response.iss.empty() && provider.issuer.empty()) pending[Pending::iss_unchecked] = "1";
  if (const Visit visit = visit_of(config, request);
      visit.opened != nullptr && visit.opened->session.sid == transaction.sid)
    pending[Pending::is_linking] = "1";
  pending[Pending::jwks_uri] = endpoints->jwks_uri;
  pending[Pending::id_token_algs] = endpoints->id_token_algs;
  if (provider.userinfo == Promise::yes) {
    pending[Pending::userinfo_endpoint] = endpoints->userinfo_endpoint;
    pending[Pending::emails_endpoint] = endpoints->emails_endpoint;
  }
  if (provider.form_post) pending[Pending::posted_user] = read_posted_user(form);
  pending[Pending::endpoint] = endpoints->token_endpoint;
  pending[Pending::auth_code] = response.code;
  pending[Pending::origin] = config.redirect_origin(*origin);
  pending[Pending::code_verifier] = transaction.code_verifier;
  return with_keep(start_token_request(provider, endpoints->authentication, pending, request.now));
}

}  // namespace landfall
