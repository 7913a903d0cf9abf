#include "flow/finish.hpp"

#include <array>

#include "base/limits.hpp"
#include "flow/fetch.hpp"
#include "flow/respond.hpp"
#include "rules/id_token.hpp"
#include "rules/jwks.hpp"
#include "rules/session.hpp"
#include "rules/token_response.hpp"

namespace landfall {
namespace {

constexpr auto kUserinfoMembers = std::to_array<std::string_view>({"sub"});

/// The rest of a callback: each function takes what its stage brought, and asks for the next one.
class Finish {
 public:
  Finish(const Config& config, std::int64_t now, Pending& pending) : config_(config), now_(now), pending_(pending) {}

  Step& after_token(const Provider& provider, const FetchResult& result) {
    ProviderError refusal;
    const auto tokens = parse_token_response(result, provider.openid, refusal);
    if (!tokens) return refuse(tokens.error(), refusal);
    Text session = build_session(provider.name, *tokens, provider.scope, result.body, now_);
    if (session.size() > kMaxSessionBytes) return refuse(ErrorCode::token_too_large);
    pending_[Pending::session_json] = session;
    pending_[Pending::access_token] = tokens->access_token;
    // Empty where it was not asked for: what the provider sent all the same is nobody's.
    pending_[Pending::id_token] = tokens->id_token;
    if (!provider.openid) return ask_userinfo();

    const Jwt* id_token = parse_id_token(tokens->id_token);
    if (id_token == nullptr) return refuse(ErrorCode::id_token_malformed);
    const ErrorCode code = check_id_token(*id_token, {.issuer = provider.issuer,
                                                      .client_id = provider.client_id,
                                                      .nonce = pending_[Pending::nonce],
                                                      .access_token = tokens->access_token,
                                                      .max_age = provider.max_age,
                                                      .registered_alg = provider.id_token_signed_response_alg,
                                                      .now = now_});
    if (code != ErrorCode::ok) return refuse(code);
    pending_[Pending::sub] = id_token->claims.at("sub").text;
    pending_[Pending::at_hash] = id_token->claims.at("at_hash").text;
    append_session_member(session, "claims", id_token->payload);
    if (session.size() > kMaxSessionBytes) return refuse(ErrorCode::token_too_large);
    pending_[Pending::session_json] = session;
    return ask(pending_[Pending::jwks_uri], Stage::jwks, kMetadataMaxAgeSeconds);
  }

  /// @param id_token of Pending::id_token. @param algorithm of its header.
  Step& after_jwks(const FetchResult& result, const Jwt& id_token, const SignatureAlgorithm& algorithm, bool is_again) {
    const auto jwks = parse_jwks(result);
    if (!jwks) return refuse(jwks.error());
    const auto jwk = select_key(*jwks, id_token.header.at("kid").text, algorithm);
    if (!jwk) {
      if (jwk.error().code != ErrorCode::id_token_key) return refuse(jwk.error());
      // The set itself is good, and to be kept: from there the seconds below are counted.
      if (is_again) return with_keep(refuse(jwk.error()));
      // The provider may have changed its keys since the set was kept: ask once more, but not more often than this.
      return ask(pending_[Pending::jwks_uri], Stage::jwks_again, kJwksRefetchSeconds);
    }
    auto& verify = place<Verify>();
    verify.algorithm = algorithm.webcrypto;
    verify.jwk = *jwk;
    verify.signature = id_token.signature;
    verify.data = id_token.signing_input;
    if (!pending_[Pending::at_hash].empty() && algorithm.digest != "SHA-256") {
      verify.digest = algorithm.digest;
      verify.digest_data = pending_[Pending::access_token];
    }
    verify.resume = build_resume(pending_, Stage::verify);
    return with_keep(verify);
  }

  Step& after_verify(const FetchResult& result, const SignatureAlgorithm& algorithm) {
    if (result.status != 1) return refuse(ErrorCode::id_token_signature);
    const bool is_digest_due = !pending_[Pending::at_hash].empty() && algorithm.digest != "SHA-256";
    if (is_digest_due && !at_hash_matches(pending_[Pending::at_hash], result.body))
      return refuse(ErrorCode::id_token_at_hash);
    return ask_userinfo();
  }

  Step& after_userinfo(const FetchResult& result, bool is_emails) {
    if (result.failure != FetchFailure::none || result.status != 200) return refuse(ErrorCode::userinfo_unavailable);
    const Document* userinfo = parse_json_object(result, kUserinfoMembers, 1);
    if (userinfo == nullptr) return refuse(ErrorCode::userinfo_invalid);
    const std::string_view sub = pending_[Pending::sub];
    if (!is_emails && !sub.empty() && userinfo->at("sub").text != sub) return refuse(ErrorCode::userinfo_sub);
    Text session = pending_[Pending::session_json];
    append_session_member(session, is_emails ? "emails" : "userinfo", result.body);
    if (session.size() > kMaxSessionBytes) return refuse(ErrorCode::userinfo_invalid);
    pending_[Pending::session_json] = session;
    if (!is_emails && !pending_[Pending::emails_endpoint].empty())
      return ask_with_token(pending_[Pending::emails_endpoint], Stage::emails);
    return succeed();
  }

  Step& refuse(ErrorCode code) { return refuse(Error{.code = code}); }

  Step& refuse(const Error& error, const ProviderError& refusal = {}) {
    return respond_error(config_, error,
                         {.provider = pending_[Pending::provider],
                          .next = pending_[Pending::next],
                          .set_cookies = split_lines(pending_[Pending::cookies]),
                          .detail = refusal.error,
                          .description = refusal.error_description});
  }

 private:
  Fetch& ask(std::string_view url, Stage stage, std::int64_t max_age_seconds) {
    Fetch& fetch = ask_json(url, max_age_seconds);
    fetch.resume = build_resume(pending_, stage);
    return fetch;
  }

  Step& ask_with_token(std::string_view url, Stage stage) {
    Fetch& fetch = ask(url, stage, 0);
    fetch.headers.push_back({"authorization", concat("Bearer ", pending_[Pending::access_token])});
    return fetch;
  }

  Step& ask_userinfo() {
    return pending_[Pending::userinfo_endpoint].empty()
               ? succeed()
               : ask_with_token(pending_[Pending::userinfo_endpoint], Stage::userinfo);
  }

  Step& succeed() {
    Respond& respond = respond_redirect(pending_[Pending::next], split_lines(pending_[Pending::cookies]));
    respond.provider = pending_[Pending::provider];
    respond.next = pending_[Pending::next];
    respond.session = concat(pending_[Pending::session_json], "}");
    if (!pending_[Pending::iss_unchecked].empty())
      respond.warnings.push_back(
          {.code = ErrorCode::iss_unchecked, .detail = option_path(pending_[Pending::provider], "issuer")});
    // For the case that the app refuses the session: everything that a failure needs, and no token.
    Pending recovery;
    for (const Pending::Field field : {Pending::provider, Pending::next, Pending::cookies})
      recovery[field] = pending_[field];
    respond.recovery = build_resume(recovery, Stage::session);
    return respond;
  }

  const Config& config_;
  std::int64_t now_;
  Pending& pending_;
};

}  // namespace

Step& resume_callback(const Config& config, std::int64_t now, Pending& pending, const FetchResult& result) {
  const Provider* provider = config.find_provider(pending[Pending::provider]);
  const Stage stage = pending.stage;
  Finish finish(config, now, pending);
  if (provider == nullptr) return finish.refuse(ErrorCode::internal_error);
  if (stage == Stage::token) return finish.after_token(*provider, result);
  if (stage == Stage::userinfo || stage == Stage::emails) return finish.after_userinfo(result, stage == Stage::emails);
  const Jwt* id_token = parse_id_token(pending[Pending::id_token]);
  // Checked before `resume` was written; but whatever comes in as one has a reply.
  if (id_token == nullptr) return finish.refuse(ErrorCode::id_token_malformed);
  const SignatureAlgorithm* algorithm = find_signature_algorithm(id_token->header.at("alg").text);
  if (algorithm == nullptr) return finish.refuse(ErrorCode::id_token_alg);
  if (stage == Stage::verify) return finish.after_verify(result, *algorithm);
  return finish.after_jwks(result, *id_token, *algorithm, stage == Stage::jwks_again);
}

}  // namespace landfall
