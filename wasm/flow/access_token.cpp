#include "flow/access_token.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "flow/client.hpp"
#include "flow/fetch.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/sign_in.hpp"
#include "flow/verification.hpp"
#include "json/json.hpp"
#include "rules/client_secret.hpp"
#include "rules/entropy.hpp"
#include "rules/id_token.hpp"
#include "rules/metadata.hpp"
#include "rules/token_request.hpp"
#include "rules/token_response.hpp"

namespace landfall {
namespace {

constexpr auto kSub = std::to_array<std::string_view>({"sub"});

/// One refresh: what came with the request, and the provider that it goes to.
class Refresh {
 public:
  Refresh(const Config& config, const Request& request, const Visit& visit, const OwnTokens& tokens)
      : config_(config),
        request_(request),
        visit_(visit),
        session_(visit.opened->session),
        tokens_(tokens),
        provider_(config.find_provider(session_.provider)) {}

  Step& begin() {
    const std::int64_t minimum = std::max<std::int64_t>(parse_decimal(request_.minimum).value_or(kMinTokenSeconds), 0);
    if (tokens_.lasts(minimum, request_.now)) return give(tokens_);
    if (tokens_.refresh_token.empty()) return give_old(ErrorCode::access_token_expired);
    if (provider_ == nullptr) return give_old(ErrorCode::provider_unknown);
    if (const Error error = check_configured(*provider_); error.code != ErrorCode::ok) return give_old(error.code);
    if (!provider_->needs_metadata()) return start(provider_->endpoints);
    Fetch& fetch = ask_metadata(*provider_);
    fetch.resume = build_resume({}, Stage::renew_metadata);
    return fetch;
  }

  Step& resume(Pending& pending, const FetchResult& result) {
    if (provider_ == nullptr) return give_old(ErrorCode::provider_unknown);
    if (pending.stage == Stage::renew_tokens) return take_tokens(result);
    if (pending.stage == Stage::sign_renewal) {
      const Text secret = sign_client_secret(pending[Pending::signing_input], result.body);
      if (secret.empty()) return give_old(ErrorCode::client_secret_unsigned);
      return send(pending[Pending::endpoint], ClientAuthentication::client_secret_post, secret);
    }
    const auto endpoints = resolve_endpoints(*provider_, &result);
    return endpoints ? with_keep(start(*endpoints)) : give_old(endpoints.error().code);
  }

 private:
  Step& start(const Endpoints& endpoints) {
    if (!provider_->signs()) return send(endpoints.token_endpoint, endpoints.authentication, provider_->client_secret);
    Pending pending;
    pending[Pending::endpoint] = endpoints.token_endpoint;
    return signature_of(*provider_, pending, Stage::sign_renewal, request_.now);
  }

  /// Requests that need the same refresh share one answer, also those that come a little later with the old cookie.
  Step& send(std::string_view endpoint, ClientAuthentication authentication, std::string_view client_secret) {
    Fetch& fetch = ask_client(
        endpoint, build_refresh_request(*provider_, authentication, client_secret, tokens_.refresh_token), true);
    add_headers(fetch, provider_->headers);
    fetch.max_age_seconds = kRefreshMemorySeconds;
    fetch.patience_milliseconds = kRenewalPatienceMilliseconds;
    fetch.cache_key = refresh_key(visit_, tokens_.refresh_token);
    fetch.resume = build_resume({}, Stage::renew_tokens);
    return fetch;
  }

  Step& take_tokens(const FetchResult& result) {
    ProviderError refusal;
    const auto tokens =
        parse_token_response(result, provider_->openid ? IdTokenIs::optional : IdTokenIs::ignored, refusal);
    if (!tokens)
      return tokens.error().code == ErrorCode::token_invalid_grant ? drop(refusal) : give_old(tokens.error(), refusal);
    if (!tokens->id_token.empty())
      if (const ErrorCode code =
              check_refreshed_id_token(tokens->id_token, expect_of(config_, *provider_, request_.now), sub());
          code != ErrorCode::ok)
        return respond_error(config_, {code}, {.provider = provider_->name});
    const OwnTokens renewed = merge_own_tokens(*tokens, tokens_, request_.now - result.age);
    Step& found = give(renewed);
    keep_own_tokens(config_.session, visit_.origin, request_.cookie, renewed, session_,
                    draw(request_.entropy, Drawn::tokens), request_.now, static_cast<FoundToken&>(found).set_cookies);
    return with_keep(found);
  }

  /// Who is signed in.
  [[nodiscard]] std::string_view sub() const {
    const Document* user = parse_json(session_.user, kSub, 1);
    return user == nullptr ? std::string_view() : user->at(kSub.front()).text;
  }

  Step& give(const OwnTokens& tokens) const {
    auto& found = place<FoundToken>();
    found.access_token = tokens.access_token;
    found.expires_at = tokens.expires_at;
    return found;
  }

  /// The access token that is there, for as long as it lives.
  Step& give_old(const Error& error, const ProviderError& refusal = {}) const {
    if (tokens_.lasts(0, request_.now)) return give(tokens_);
    return respond_error(config_, error,
                         {.provider = session_.provider,
                          .next = {},
                          .set_cookies = {},
                          .detail = refusal.error,
                          .description = refusal.error_description});
  }

  Step& give_old(ErrorCode code) const { return give_old(Error{code}); }

  /// The provider has ended the grant: the tokens go, the session stays. While the access token lives, another instance
  /// of the app may have used the refresh token up, whose answer is on its way to the browser: then nothing goes.
  Step& drop(const ProviderError& refusal) const {
    if (tokens_.lasts(0, request_.now)) return give(tokens_);
    Outcome outcome{.provider = session_.provider,
                    .next = {},
                    .set_cookies = {},
                    .detail = refusal.error,
                    .description = refusal.error_description};
    SealedCookies(kTokenCookies, config_.session, visit_.origin, request_.cookie).clear(outcome.set_cookies);
    Respond& respond = respond_error(config_, {ErrorCode::refresh_refused}, outcome);
    respond.forget = refresh_family(visit_);
    return respond;
  }

  const Config& config_;
  const Request& request_;
  const Visit& visit_;
  const OwnSession& session_;
  const OwnTokens& tokens_;
  const Provider* provider_;
};

}  // namespace

Step& get_access_token(const Config& config, const Request& request, const Visit& visit) {
  const OwnTokens* tokens = tokens_of(config, request, visit);
  if (tokens == nullptr || (tokens->access_token.empty() && tokens->refresh_token.empty()))
    return respond_error(config, ErrorCode::access_token_missing);
  return Refresh(config, request, visit, *tokens).begin();
}

Step& resume_access_token(const Config& config, const Request& request, const Visit& visit, Pending& pending,
                          const FetchResult& result) {
  const OwnTokens* tokens = tokens_of(config, request, visit);
  if (tokens == nullptr) return respond_error(config, ErrorCode::access_token_missing);
  return Refresh(config, request, visit, *tokens).resume(pending, result);
}

}  // namespace landfall
