#include "flow/finish.hpp"

#include <array>

#include "base/limits.hpp"
#include "flow/admit.hpp"
#include "flow/client.hpp"
#include "flow/fetch.hpp"
#include "flow/respond.hpp"
#include "flow/verification.hpp"
#include "flow/visit.hpp"
#include "json/json.hpp"
#include "rules/id_token.hpp"
#include "rules/own_tokens.hpp"
#include "rules/profile.hpp"
#include "rules/request.hpp"
#include "rules/session.hpp"
#include "rules/signature_algorithm.hpp"
#include "rules/token_response.hpp"

namespace landfall {
namespace {

/// An empty list would keep every member.
constexpr auto kNoMembers = std::to_array<std::string_view>({""});

bool is_profile(const FetchResult& result) { return result.failure == FetchFailure::none && result.status == 200; }

/// The rest of a callback: each function takes the result to one question and asks the next one.
class Finish {
 public:
  Finish(const Config& config, const Provider& provider, const Request& request, Pending& pending)
      : config_(config), provider_(provider), request_(request), pending_(pending) {}

  Step& take_tokens(const FetchResult& result) {
    ProviderError refusal;
    const auto tokens =
        parse_token_response(result, provider_.openid ? IdTokenIs::required : IdTokenIs::ignored, refusal);
    if (!tokens) return refuse(tokens.error(), refusal);
    Text session = build_session(provider_.name, *tokens, provider_.scope, result.body, request_.now);
    if (!pending_[Pending::posted_user].empty())
      append_session_member(session, "posted_user", pending_[Pending::posted_user]);
    if (session.size() > kMaxSessionBytes) return refuse(ErrorCode::token_too_large);
    pending_[Pending::session_json] = session;
    pending_[Pending::access_token] = tokens->access_token;
    // Empty unless requested: ignore an ID Token that the provider sends without a request.
    pending_[Pending::jwt] = tokens->id_token;
    if (!provider_.openid) return ask_userinfo();

    const Jwt* id_token = parse_id_token(tokens->id_token);
    if (id_token == nullptr) return refuse(ErrorCode::id_token_malformed);
    if (const ErrorCode code = check_id_token(*id_token, expect()); code != ErrorCode::ok) return refuse(code);
    pending_[Pending::sub] = id_token->claims.at("sub").text;
    append_session_member(session, "claims", id_token->payload);
    if (session.size() > kMaxSessionBytes) return refuse(ErrorCode::token_too_large);
    pending_[Pending::session_json] = session;
    return check_signature(*id_token);
  }

  /// @param token of Pending::jwt. @param algorithm of its header.
  Step& take_jwks(const FetchResult& result, const Jwt& token, const SignatureAlgorithm& algorithm, bool is_again) {
    const auto [verify, error] = verify_with(result, token, algorithm, provider_.issuers());
    const ErrorCode code = error.code;
    // The provider may have changed its keys since the set was kept: ask once more, but not more often than this.
    if (code == ErrorCode::id_token_key && !is_again)
      return ask(pending_[Pending::jwks_uri], Stage::jwks_again, kJwksRefetchSeconds, kJwksTypes);
    // The set itself is good, and to be kept: from there the seconds above are counted.
    if (code == ErrorCode::id_token_key || code == ErrorCode::id_token_signature)
      return with_keep(refuse_signature(code));
    if (verify == nullptr) return refuse(error);
    verify->resume = build_resume(pending_, Stage::verify);
    return with_keep(*verify);
  }

  Step& take_signature(const FetchResult& result, const Jwt& token) {
    if (result.failure != FetchFailure::none) return refuse(ErrorCode::signature_unchecked);
    return take_verdict(result.status == 1, token);
  }

  Step& take_verdict(bool is_valid, const Jwt& token) {
    if (!is_valid) return refuse_signature(ErrorCode::id_token_signature);
    return is_userinfo() ? accept_userinfo(token.claims.at("sub"), token.payload) : ask_userinfo();
  }

  Step& take_userinfo(const FetchResult& result) {
    if (!is_profile(result)) return refuse_profile(result);
    if (is_media_type(result.content_type, "application/jwt")) return take_signed_userinfo(result.body);
    const auto members = std::to_array<std::string_view>({"sub", subject_path(provider_.profile)});
    const Document* userinfo = parse_json_object(result, members, 1);
    if (userinfo == nullptr) return refuse(ErrorCode::userinfo_invalid);
    return accept_userinfo(subject(*userinfo, members[1]), result.body);
  }

  Step& take_emails(const FetchResult& result) {
    if (!is_profile(result)) return refuse_profile(result);
    // A list at GitHub, an object at Bitbucket.
    const Document* emails = may_be_json(result.content_type) ? parse_json(result.body, kNoMembers, 1) : nullptr;
    if (emails == nullptr || (emails->root.kind != Kind::array && emails->root.kind != Kind::object))
      return refuse(ErrorCode::userinfo_invalid);
    return add_profile("emails", result.body);
  }

  Step& refuse(ErrorCode code) { return refuse(Error{.code = code}); }

  Step& refuse(const Error& error, const ProviderError& refusal = {}) {
    return respond_pending(config_, pending_, error, refusal);
  }

 private:
  [[nodiscard]] bool is_userinfo() const { return !pending_[Pending::is_userinfo].empty(); }

  [[nodiscard]] IdTokenExpectation expect() const {
    IdTokenExpectation expected = expect_of(config_, provider_, request_.now);
    expected.nonce = pending_[Pending::nonce];
    expected.has_nonce = provider_.nonce;
    expected.access_token = pending_[Pending::access_token];
    expected.max_age = provider_.max_age;
    expected.listed_algs = pending_[Pending::id_token_algs];
    return expected;
  }

  /// Goes on with a token whose claims are good: a MAC is checked here, and every other signature with a key of the
  /// set.
  Step& check_signature(const Jwt& token) {
    if (find_signature_algorithm(token.header.at("alg").text)->is_mac())
      return take_verdict(has_valid_mac(token, provider_.client_secret), token);
    return ask(pending_[Pending::jwks_uri], Stage::jwks, kMetadataMaxAgeSeconds, kJwksTypes);
  }

  Step& take_signed_userinfo(std::string_view body) {
    const Jwt* userinfo = provider_.openid ? parse_id_token(body) : nullptr;
    if (userinfo == nullptr) return refuse(ErrorCode::userinfo_invalid);
    if (const ErrorCode code = check_signed_userinfo(*userinfo, expect()); code != ErrorCode::ok) return refuse(code);
    pending_[Pending::jwt] = body;
    pending_[Pending::is_userinfo] = "1";
    return check_signature(*userinfo);
  }

  Step& accept_userinfo(const Value& sub, std::string_view json) {
    const std::string_view expected = pending_[Pending::sub];
    // Text, and not a number with the same digits (OpenID Connect Core 5.3.2).
    if (!expected.empty() && !(sub.is_string() && sub.text == expected)) return refuse(ErrorCode::userinfo_sub);
    return add_profile("userinfo", json);
  }

  Step& add_profile(std::string_view member, std::string_view json) {
    Text session = pending_[Pending::session_json];
    append_session_member(session, member, json);
    if (session.size() > kMaxSessionBytes) return refuse(ErrorCode::userinfo_invalid);
    pending_[Pending::session_json] = session;
    // The stage `emails` does not carry it.
    if (!pending_[Pending::emails_endpoint].empty())
      return ask_with_token(pending_[Pending::emails_endpoint], Stage::emails);
    return succeed();
  }

  Step& refuse_signature(ErrorCode code) { return refuse(is_userinfo() ? ErrorCode::userinfo_signature : code); }

  Step& refuse_profile(const FetchResult& result) {
    const ErrorCode code =
        is_refusal(result) ? ErrorCode::userinfo_refused : failure_code(result, ErrorCode::userinfo_unavailable);
    return refuse(Error{code}, provider_error(result));
  }

  Fetch& ask(std::string_view url, Stage stage, std::int64_t max_age_seconds, std::string_view accept = kJson) {
    Fetch& fetch = ask_json(url, max_age_seconds, accept);
    fetch.resume = build_resume(pending_, stage);
    fetch.again = stage == Stage::jwks_again;
    return fetch;
  }

  Step& ask_with_token(std::string_view url, Stage stage) {
    Fetch& fetch = ask(url, stage, 0);
    fetch.headers.push_back({"authorization", concat("Bearer ", pending_[Pending::access_token])});
    add_headers(fetch, provider_.headers);
    return fetch;
  }

  Step& ask_userinfo() {
    return pending_[Pending::userinfo_endpoint].empty()
               ? succeed()
               : ask_with_token(pending_[Pending::userinfo_endpoint], Stage::userinfo);
  }

  Step& succeed() {
    SignedIn signed_in{.provider = pending_[Pending::provider],
                       .next = pending_[Pending::next],
                       .asked_next = pending_[Pending::next],
                       .ended = split_lines(pending_[Pending::cookies])};
    if (config_.wants_session || config_.session.is_on()) {
      const Text session = concat(pending_[Pending::session_json], "}");
      const Text profile =
          build_profile(provider_.name, session, {.paths = provider_.profile, .emails = provider_.emails});
      if (profile.empty()) return refuse(ErrorCode::userinfo_invalid);
      if (config_.wants_session) signed_in.session = with_profile(session, profile);
      if (config_.session.is_on()) {
        signed_in.user = profile;
        signed_in.tokens = pack_tokens(own_tokens_of(session));
      }
    }
    if (!pending_[Pending::is_linking].empty()) {
      const Visit visit = visit_of(config_, request_);
      if (visit.opened != nullptr) signed_in.current = build_session_view(visit.opened->session, config_.session.life);
    }
    if (!pending_[Pending::iss_unchecked].empty())
      signed_in.warnings.push_back(
          {.code = ErrorCode::iss_unchecked, .detail = option_path(pending_[Pending::provider], "issuer")});
    return admit(config_, request_, signed_in);
  }

  const Config& config_;
  const Provider& provider_;
  const Request& request_;
  Pending& pending_;
};

}  // namespace

Step& resume_callback(const Config& config, const Request& request, Pending& pending, const FetchResult& result) {
  const Provider* provider = config.find_provider(pending[Pending::provider]);
  const Stage stage = pending.stage;
  if (provider == nullptr) return respond_pending(config, pending, {.code = ErrorCode::internal_error});
  Finish finish(config, *provider, request, pending);
  if (stage == Stage::token) return finish.take_tokens(result);
  if (stage == Stage::userinfo) return finish.take_userinfo(result);
  if (stage == Stage::emails) return finish.take_emails(result);
  const Jwt* token = parse_id_token(pending[Pending::jwt]);
  // The core checked the token before it wrote `resume`. A `resume` that somebody else wrote gets an outcome too.
  if (token == nullptr) return finish.refuse(ErrorCode::id_token_malformed);
  const SignatureAlgorithm* algorithm = find_signature_algorithm(token->header.at("alg").text);
  if (algorithm == nullptr || algorithm->is_mac()) return finish.refuse(ErrorCode::id_token_alg);
  if (stage == Stage::verify) return finish.take_signature(result, *token);
  return finish.take_jwks(result, *token, *algorithm, stage == Stage::jwks_again);
}

}  // namespace landfall
