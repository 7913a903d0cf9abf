#include "flow/supabase/sign_in.hpp"

#include "flow/respond.hpp"
#include "rules/entropy.hpp"
#include "rules/pkce.hpp"
#include "rules/public_origin.hpp"
#include "rules/state.hpp"
#include "rules/supabase/authorize_url.hpp"
#include "rules/supabase/verifiers.hpp"
#include "rules/transaction.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall::supabase {
namespace {

/// Puts the options of this one sign-in over those of the configuration. @param query_params form-encoded.
Result<SignInOptions> merge_options(const SignInOptions& configured, std::string_view scopes,
                                    std::string_view query_params) {
  SignInOptions options = configured;
  if (!scopes.empty()) options.scopes = scopes;
  FormFields fields(query_params);
  FormField field;
  while (fields.read(field)) {
    const Text name = form_decode(field.name);
    if (is_reserved_authorize_parameter(name)) return Error{ErrorCode::config_invalid, "queryParams"};
    const Text value = form_decode(field.value);
    bool is_new = true;
    for (auto& param : options.query_params) {
      if (param.first != name.view()) continue;
      param.second = value;
      is_new = false;
    }
    if (is_new) options.query_params.push_back({name, value});
  }
  return options;
}

}  // namespace

Result<Started> start_auth_sign_in(const Config& config, const Request& request, const SignIn& sign_in) {
  const Project& project = *config.supabase();
  const FoundProvider provider = find_auth_provider(project, sign_in.provider);
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return origin.error();
  // Supabase Auth comes back to any address that its list allows, also to a deep link.
  if (sign_in.redirect_to.empty() && !is_web_origin(*origin)) return Error{ErrorCode::origin_required, "origin"};
  if (!is_entropy(request.entropy)) return ErrorCode::entropy_unavailable;
  const auto options = merge_options(provider.options, sign_in.scopes, sign_in.query_params);
  if (!options) return options.error();

  const Text callback_url = concat(*origin, config.paths.callback);
  std::string_view entropy = request.entropy;
  Transaction transaction;
  transaction.provider = provider.name;
  transaction.created = request.now;
  transaction.state = make_state(entropy, request.now, request_host(request));
  entropy.remove_prefix(kStateEntropyBytes);
  transaction.code_verifier = make_code_verifier(entropy);
  transaction.next = choose_next(config, sign_in.next, *origin, config.paths.after_sign_in);

  const std::string_view target = sign_in.redirect_to.empty() ? std::string_view(callback_url) : sign_in.redirect_to;
  const Text redirect_to = project.exact_redirect_to ? Text(target) : with_flow_id(target, transaction.state);
  const bool secure = is_secure_origin(*origin);
  const Text sealed =
      seal_transaction(transaction, {.redirect_uri = callback_url, .issuer = project.api}, project.keys.front());
  Started started{.provider = provider.name,
                  .url = build_authorize_url(project, provider.name, *options, redirect_to, transaction.code_verifier),
                  .state = transaction.state,
                  .set_cookies = start_cookies(request.cookie, secure, false, transaction.state, sealed)};
  CookieWriter writer(project, secure);
  start_verifier(writer, ProjectCookies(request.cookie, project.cookie_name), transaction.state,
                 transaction.code_verifier);
  writer.append_to(started.set_cookies);
  return started;
}

}  // namespace landfall::supabase
