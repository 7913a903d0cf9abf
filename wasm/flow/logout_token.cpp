#include "flow/logout_token.hpp"

#include "base/limits.hpp"
#include "flow/error_page.hpp"
#include "flow/fetch.hpp"
#include "flow/form_body.hpp"
#include "flow/pending.hpp"
#include "flow/respond.hpp"
#include "flow/sign_in.hpp"
#include "flow/verification.hpp"
#include "rules/logout_token.hpp"
#include "rules/metadata.hpp"
#include "rules/signature_algorithm.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

/// The provider whose token it says that it is; null for a stranger's. One without its settings is no OpenID provider.
const Provider* find_sender(const Config& config, const Jwt& token) {
  for (const Provider& provider : config.providers())
    if (provider.openid && is_for_client(token.claims, expect_of(config, provider, 0))) return &provider;
  return nullptr;
}

/// A logout token of a provider, on its way: each function takes the result to one question and asks the next one.
class Logout {
 public:
  Logout(const Config& config, const Request& request, const Provider& provider, const Jwt& token, Pending& pending)
      : config_(config), request_(request), provider_(provider), token_(token), pending_(pending) {}

  Step& begin() {
    if (!provider_.needs_metadata()) return check(provider_.endpoints);
    Fetch& fetch = ask_metadata(provider_);
    fetch.resume = build_resume(pending_, Stage::logout_metadata);
    return fetch;
  }

  Step& take_metadata(const FetchResult& result) {
    const auto endpoints = resolve_endpoints(provider_, &result);
    return endpoints ? with_keep(check(*endpoints)) : refuse(endpoints.error());
  }

  Step& take_keys(const FetchResult& result, bool is_again) {
    const auto [verify, error] = verify_with(result, token_, algorithm(), provider_.issuers());
    const ErrorCode code = error.code;
    if (code == ErrorCode::id_token_key && !is_again) return ask_keys(Stage::logout_keys_again, kJwksRefetchSeconds);
    if (code == ErrorCode::id_token_key) return with_keep(refuse_part("kid"));
    if (code == ErrorCode::id_token_signature) return with_keep(refuse_part("signature"));
    if (verify == nullptr) return refuse(error);
    verify->resume = build_resume(pending_, Stage::logout_signature);
    return with_keep(*verify);
  }

  Step& take_signature(const FetchResult& result) {
    if (result.failure != FetchFailure::none) return refuse({ErrorCode::signature_unchecked});
    return take_verdict(result.status == 1);
  }

  Step& take_verdict(bool is_good) {
    if (!is_good) return refuse_part("signature");
    auto& found = place<FoundLogout>();
    found.provider = provider_.name;
    found.sub = token_.claims.at("sub").text;
    found.sid = token_.claims.at("sid").text;
    found.jti = token_.claims.at("jti").text;
    return found;
  }

 private:
  [[nodiscard]] const SignatureAlgorithm& algorithm() const {
    return *find_signature_algorithm(token_.header.at("alg").text);
  }

  Step& check(const Endpoints& endpoints) {
    IdTokenExpectation expected = expect_of(config_, provider_, request_.now);
    expected.listed_algs = endpoints.id_token_algs;
    const std::string_view fault = find_logout_fault(token_, expected);
    if (!fault.empty()) return refuse_part(fault);
    if (algorithm().is_mac()) return take_verdict(has_valid_mac(token_, provider_.client_secret));
    pending_[Pending::jwks_uri] = endpoints.jwks_uri;
    return ask_keys(Stage::logout_keys, kMetadataMaxAgeSeconds);
  }

  Step& ask_keys(Stage stage, std::int64_t max_age_seconds) {
    Fetch& fetch = ask_json(pending_[Pending::jwks_uri], max_age_seconds, kJwksTypes);
    fetch.again = stage == Stage::logout_keys_again;
    fetch.resume = build_resume(pending_, stage);
    return fetch;
  }

  Step& refuse_part(std::string_view part) { return refuse({ErrorCode::logout_token_invalid, part}); }

  Step& refuse(const Error& error) { return respond_error(config_, error, {.provider = provider_.name}); }

  const Config& config_;
  const Request& request_;
  const Provider& provider_;
  const Jwt& token_;
  Pending& pending_;
};

Step& start(const Config& config, const Request& request) {
  if (request.method != "POST") return respond_wrong_method(config, "POST");
  std::string_view form;
  if (Step* step = missing_form(config, request, form)) return *step;
  Pending pending;
  const Text compact = read_form_field(form, "logout_token");
  pending[Pending::jwt] = compact;
  const Jwt* token = parse_logout_token(compact);
  if (token == nullptr) return respond_error(config, {ErrorCode::logout_token_invalid, "logout_token"});
  const Provider* provider = find_sender(config, *token);
  if (provider == nullptr) return respond_error(config, {ErrorCode::logout_token_invalid, "iss"});
  pending[Pending::provider] = provider->name;
  return Logout(config, request, *provider, *token, pending).begin();
}

}  // namespace

Step& logout_token(const Config& config, const Request& request, std::string_view resume, const FetchResult* result) {
  if (resume.empty()) return start(config, request);
  Pending* pending = parse_resume(resume);
  const Provider* provider = pending == nullptr ? nullptr : config.find_provider((*pending)[Pending::provider]);
  const Jwt* token = pending == nullptr ? nullptr : parse_logout_token((*pending)[Pending::jwt]);
  // The core checked them before it wrote `resume`, the algorithm once it had the metadata. A `resume` that somebody
  // else wrote gets an outcome too.
  if (result == nullptr || provider == nullptr || token == nullptr ||
      (pending->stage != Stage::logout_metadata && find_signature_algorithm(token->header.at("alg").text) == nullptr))
    return respond_error(config, {ErrorCode::internal_error, "resume"});
  Logout logout(config, request, *provider, *token, *pending);
  if (pending->stage == Stage::logout_metadata) return logout.take_metadata(*result);
  if (pending->stage == Stage::logout_signature) return logout.take_signature(*result);
  return logout.take_keys(*result, pending->stage == Stage::logout_keys_again);
}

}  // namespace landfall
