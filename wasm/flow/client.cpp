#include "flow/client.hpp"

#include "flow/fetch.hpp"
#include "flow/respond.hpp"
#include "flow/sign_out.hpp"
#include "rules/client_secret.hpp"
#include "rules/token_request.hpp"

namespace landfall {
namespace {

Fetch& send_token_request(const Provider& provider, ClientAuthentication authentication, std::string_view client_secret,
                          const Pending& pending) {
  Fetch& fetch = ask_client(
      pending[Pending::endpoint],
      build_token_request(provider, authentication, client_secret, pending[Pending::auth_code],
                          concat(pending[Pending::origin], provider.callback), pending[Pending::code_verifier]),
      true);
  add_headers(fetch, provider.headers);
  fetch.resume = build_resume(pending, Stage::token);
  return fetch;
}

Fetch& send_revocation(const Provider& provider, ClientAuthentication authentication, std::string_view client_secret,
                       const Pending& pending) {
  Fetch& fetch = ask_client(pending[Pending::endpoint],
                            build_revocation_request(provider, authentication, client_secret, pending[Pending::token],
                                                     pending[Pending::token_type_hint]),
                            false);
  add_headers(fetch, provider.headers);
  fetch.resume = build_resume(pending, Stage::revoke);
  return fetch;
}

}  // namespace

Sign& signature_of(const Provider& provider, Pending& pending, Stage stage, std::int64_t now) {
  auto& sign = place<Sign>();
  sign.key = provider.private_key;
  // Kept for the signature: by then, an hour may have passed, and the input of a new one would be another.
  pending[Pending::signing_input] = sign.data = build_client_secret(provider, now);
  sign.resume = build_resume(pending, stage);
  return sign;
}

Step& start_token_request(const Provider& provider, ClientAuthentication authentication, Pending& pending,
                          std::int64_t now) {
  if (provider.signs()) return signature_of(provider, pending, Stage::sign_secret, now);
  return send_token_request(provider, authentication, provider.client_secret, pending);
}

Step& start_revocation(const Provider& provider, ClientAuthentication authentication, Pending& pending,
                       std::int64_t now) {
  if (provider.signs()) return signature_of(provider, pending, Stage::sign_revocation, now);
  return send_revocation(provider, authentication, provider.client_secret, pending);
}

Respond& respond_pending(const Config& config, const Pending& pending, const Error& error,
                         const ProviderError& refusal) {
  return respond_error(config, error,
                       {.provider = pending[Pending::provider],
                        .next = pending[Pending::next],
                        .set_cookies = split_lines(pending[Pending::cookies]),
                        .detail = refusal.error,
                        .description = refusal.error_description});
}

Step& resume_signature(const Config& config, Pending& pending, const FetchResult& result) {
  const Provider* provider = config.find_provider(pending[Pending::provider]);
  if (provider == nullptr) return respond_pending(config, pending, {.code = ErrorCode::internal_error});
  const bool is_revocation = pending.stage == Stage::sign_revocation;
  const Text secret = sign_client_secret(pending[Pending::signing_input], result.body);
  if (secret.empty())
    return is_revocation ? fail_sign_out(config, pending, ErrorCode::client_secret_unsigned)
                         : respond_pending(config, pending, {.code = ErrorCode::client_secret_unsigned});
  // With a key, the secret is always in the body.
  constexpr auto kAuthentication = ClientAuthentication::client_secret_post;
  return is_revocation ? send_revocation(*provider, kAuthentication, secret, pending)
                       : send_token_request(*provider, kAuthentication, secret, pending);
}

}  // namespace landfall
