#include "flow/sign_in.hpp"

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "flow/error_page.hpp"
#include "flow/fetch.hpp"
#include "flow/form_body.hpp"
#include "flow/not_set.hpp"
#include "flow/relay.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/sign_in.hpp"
#include "flow/visit.hpp"
#include "rules/authorization_url.hpp"
#include "rules/entropy.hpp"
#include "rules/metadata.hpp"
#include "rules/pkce.hpp"
#include "rules/state.hpp"
#include "rules/transaction.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// What a link says to us, and not to the provider.
constexpr std::string_view kOurs = "provider next iss target_link_uri";

/// The parameters of a link that go on to the provider, form-encoded. One that is too long is none.
Text read_asked(std::string_view form, std::string_view allow) {
  Text asked;
  while (!allow.empty()) {
    const std::string_view name = take_until(allow, ' ');
    const Text value = has_word(kOurs, name) ? Text() : read_form_field(form, name);
    if (!value.empty() && value.size() <= kMaxAskedParameterBytes) append_form_field(asked, name, value);
  }
  return asked;
}

/// The parameters of a sign-in at a direct provider. Errors: config_invalid for one that is there twice, or that the
/// provider does not allow.
Result<Parameters> read_parameters(std::string_view form, std::string_view allow) {
  Parameters asked;
  FormFields fields(form);
  FormField field;
  while (fields.read(field)) {
    const Text name = form_decode(field.name);
    if (!has_word(allow, name) || has_parameter(asked, name)) return Error{ErrorCode::config_invalid, "queryParams"};
    if (!field.value.empty()) asked.push_back({name, form_decode(field.value)});
  }
  return asked;
}

}  // namespace

Fetch& ask_metadata(const Provider& provider) {
  // Some servers have the document under another media type, and answer 406 to a request for this one alone.
  return ask_json(build_metadata_url(provider), kMetadataMaxAgeSeconds, "application/json, */*;q=0.1");
}

Result<Started> start_sign_in(const Config& config, const Request& request, const SignIn& sign_in,
                              const FetchResult* metadata) {
  if (const Error error = check_configured(config, request); error.code != ErrorCode::ok) return error;
  const Provider* provider = config.find_provider(sign_in.provider);
  if (provider == nullptr && !config.find_supabase_provider(sign_in.provider).empty())
    return supabase::start_auth_sign_in(config, request, sign_in);
  if (const Error error = check_configured(config, sign_in.provider); error.code != ErrorCode::ok) return error;
  if (provider == nullptr) return Error{ErrorCode::provider_unknown, "provider"};
  if (!sign_in.scopes.empty()) return Error{ErrorCode::config_invalid, "scopes"};
  const auto asked = read_parameters(sign_in.query_params, provider->allow);
  if (!asked) return asked.error();
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return origin.error();
  if (!is_web_origin(*origin)) return Error{ErrorCode::origin_required, "origin"};
  if (!is_entropy(request.entropy)) return ErrorCode::entropy_unavailable;

  const auto endpoints = resolve_endpoints(*provider, metadata);
  if (!endpoints) return endpoints.error();

  const Text redirect_uri = concat(config.redirect_origin(*origin), provider->callback);
  std::string_view entropy = request.entropy;
  Transaction transaction;
  transaction.provider = provider->name;
  transaction.created = request.now;
  transaction.state = make_state(entropy, request.now, request_host(request));
  entropy.remove_prefix(kStateEntropyBytes);
  transaction.code_verifier = make_code_verifier(entropy);
  entropy.remove_prefix(kCodeVerifierEntropyBytes);
  if (provider->openid && provider->nonce) transaction.nonce = base64url(entropy.substr(0, kNonceEntropyBytes));
  transaction.next = choose_next(config, sign_in.next, *origin, config.paths.after_sign_in);
  if (const Visit visit = visit_of(config, request); config.wants_session && sign_in.is_ours && visit.opened != nullptr)
    transaction.sid = visit.opened->session.sid;

  const Text sealed =
      seal_transaction(transaction, {.redirect_uri = redirect_uri, .issuer = provider->issuer}, provider->keys.front());
  const Text state = transaction.state;
  transaction.state = send_state(config, state, *origin);
  return Started{
      .provider = provider->name,
      .url = build_authorization_url(*provider, endpoints->authorization_endpoint, transaction, redirect_uri, *asked),
      .state = state,
      .set_cookies = start_cookies(request.cookie, is_secure_origin(*origin), provider->form_post, state, sealed)};
}

Step& sign_in(const Config& config, const Request& request, const FetchResult* metadata) {
  if (is_speculative(request)) return respond_nothing();
  if (request.method != "GET" && request.method != "POST") return respond_wrong_method(config, "GET, POST");
  if (const ErrorCode code = check_navigation(request); code != ErrorCode::ok) return respond_error(config, code);
  std::string_view form;
  if (Step* step = missing_form(config, request, form)) return *step;

  std::string_view name = place(read_form_field(form, "provider"));
  if (name.empty()) name = config.find_issuer(read_form_field(form, "iss"));
  Text next = read_form_field(form, "next");
  if (next.empty()) next = read_form_field(form, "target_link_uri");
  const Provider* provider = config.find_provider(name);
  Outcome outcome{.next = choose_next(config, next, "", "")};
  outcome.provider = provider != nullptr ? provider->name : config.find_supabase_provider(name);
  if (const Error error = check_configured(config, name); error.code != ErrorCode::ok)
    return respond_not_set(config, request, error, outcome);
  if (provider != nullptr && provider->needs_metadata() && metadata == nullptr) return ask_metadata(*provider);

  const Text asked = read_asked(form, provider != nullptr ? provider->allow : kLoginHint);
  const auto started = start_sign_in(
      config, request, {.provider = name, .next = next, .query_params = asked, .is_ours = is_same_origin(request)},
      metadata);
  if (!started) return respond_error(config, started.error(), outcome);
  Respond& respond = respond_redirect(started->url, started->set_cookies);
  respond.provider = outcome.provider;
  return with_keep(respond);
}

Step& load_metadata(const Config& config, const Request& request, const FetchResult* metadata) {
  const Provider* provider = config.find_provider(read_form_field(parse_request_url(request.url).query, "provider"));
  if (provider == nullptr) return respond_error(config, {.code = ErrorCode::provider_unknown, .parameter = "provider"});
  if (const Error error = check_configured(*provider); error.code != ErrorCode::ok) return respond_error(config, error);
  if (metadata == nullptr) return ask_metadata(*provider);
  const auto endpoints = parse_metadata(*metadata, *provider);
  if (!endpoints) return respond_error(config, endpoints.error());
  return with_keep(respond_nothing());
}

}  // namespace landfall
