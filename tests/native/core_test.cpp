#include "codec/core.hpp"

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "core_sign_in_case.hpp"
#include "rules/state.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::Json;

TEST_F(CoreTest, SignsInWithAPlainProvider) {
  configure(kPlain);
  begin();
  EXPECT_TRUE(location_.starts_with("https://as.example/authorize?response_type=code&client_id=client-1&"))
      << location_;
  EXPECT_TRUE(cookie_.starts_with("__Host-landfall-" + state_.substr(0, 10) + "=")) << cookie_;

  const StepCase fetch = call_back("code=a%2Bb&state=" + state_);
  ASSERT_EQ(fetch.kind(), StepKind::fetch) << fetch.at(respond_field::code);
  EXPECT_EQ(fetch.at(fetch_field::method), "POST");
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/token");
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "code"), "a%2Bb");
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "code_verifier").size(), 43u);
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "redirect_uri"),
            "https%3A%2F%2Fapp.example%2Fauth%2Fcallback%2Fwork");
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "accept"), std::vector<std::string>{"application/json"});

  const StepCase ask = answer(fetch, R"({"access_token":"at","token_type":"bearer","expires_in":3600})");
  ASSERT_EQ(ask.kind(), StepKind::session);
  EXPECT_EQ(ask.at(session_field::provider), "work");
  EXPECT_EQ(ask.at(session_field::next), "/welcome");
  EXPECT_EQ(ask.at(session_field::redirect_type), "");
  const StepCase done = hook(ask, {});
  ASSERT_EQ(done.kind(), StepKind::respond);
  EXPECT_EQ(done.at(respond_field::status), "303");
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.headers(respond_field::header_0, "location"), std::vector<std::string>{"/welcome#"});
  EXPECT_EQ(done.headers(respond_field::header_0, "cache-control"), std::vector<std::string>{"no-store"});
  const auto cookies = done.headers(respond_field::header_0, "set-cookie");
  ASSERT_EQ(cookies.size(), 2u);
  EXPECT_TRUE(cookies[0].starts_with("__Host-landfall-" + state_.substr(0, 10) + "=; Path=/; Max-Age=0;"))
      << cookies[0];
  EXPECT_TRUE(cookies[1].starts_with("__Host-landfall-done=" + state_.substr(0, 10) + ";")) << cookies[1];

  const Json session = Json::parse(ask.at(session_field::session));
  EXPECT_EQ(session.at("provider"), "work");
  EXPECT_EQ(session.at("access_token"), "at");
  EXPECT_EQ(session.at("token_type"), "Bearer");
  EXPECT_EQ(session.at("expires_at"), 1750003600);
  EXPECT_EQ(session.at("scope"), "read");

  const StepCase refused = hook(ask, {.is_refused = true});
  expect_failure(refused, "session_refused");
  EXPECT_EQ(refused.headers(respond_field::header_0, "set-cookie"), cookies);
  EXPECT_EQ(refused.at(respond_field::resume), "");
}

TEST_F(CoreTest, EveryAnswerAfterTheStateEndsTheTransaction) {
  configure(kPlain);
  begin();
  for (const auto& [query, code] :
       {std::pair<std::string, std::string>{"error=access_denied&state=", "provider_access_denied"},
        {"code=c&error=x&state=", "code_and_error"},
        {"code=c&access_token=x&state=", "response_type_unexpected"},
        {"code=%00&state=", "code_invalid"},
        {"code=&state=", "code_missing"}}) {
    const StepCase step = call_back(query + state_);
    expect_failure(step, code);
    EXPECT_EQ(step.headers(respond_field::header_0, "set-cookie").size(), 2u) << code;
  }
  const StepCase fetch = call_back("code=c&state=" + state_);
  const StepCase step = answer(fetch, R"({"error":"invalid_grant"})", "400");
  expect_failure(step, "token_invalid_grant");
  EXPECT_EQ(step.at(respond_field::detail), "invalid_grant");
  EXPECT_EQ(step.headers(respond_field::header_0, "set-cookie").size(), 2u);
}

TEST_F(CoreTest, TheLogLineHasWhatIsKnownOfAnOutcome) {
  configure(kPlain);
  begin();
  const auto sentence = [](ErrorCode code) { return std::string(error_message(code)); };
  EXPECT_EQ(
      call_back("code=c&state=" + state_ + "&state=" + state_).at(respond_field::log),
      "landfall: callback param_duplicate blame=browser parameter=state: " + sentence(ErrorCode::param_duplicate));
  const StepCase fetch = call_back("code=c&state=" + state_);
  EXPECT_EQ(answer(fetch, R"({"error":"invalid_grant"})", "400").at(respond_field::log),
            "landfall: callback token_invalid_grant blame=provider provider=work detail=invalid_grant: " +
                sentence(ErrorCode::token_invalid_grant));
  const StepCase ask = answer(fetch, R"({"access_token":"at","token_type":"bearer"})");
  EXPECT_EQ(hook(ask, {}).at(respond_field::log), "landfall: callback ok provider=work");
}

TEST_F(CoreTest, APresetLeavesTheWayOfAuthenticationToTheApp) {
  for (const bool has_own : {false, true}) {
    configure(R"({"providers":{"bitbucket":{"clientId":"client-1","clientSecret":"a-client-secret")" +
              std::string(has_own ? R"(,"tokenEndpointAuthMethod":"client_secret_post")" : "") +
              R"(}},"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example"})");
    begin();
    const std::string url = "https://app.example/auth/callback/bitbucket?code=c&state=" + state_;
    const StepCase fetch =
        run(Route::callback, {.fields = {{RequestField::url, url}}, .headers = {{RequestHeader::cookie, cookie_}}});
    ASSERT_EQ(fetch.kind(), StepKind::fetch) << fetch.at(respond_field::code);
    EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "client_secret"), has_own ? "a-client-secret" : "");
    EXPECT_EQ(fetch.headers(fetch_field::header_0, "authorization").empty(), has_own);
  }
}

// What a host lets through beyond the cap is refused here.
TEST_F(CoreTest, AnAnswerIsReadUpToAMegabyte) {
  configure(kPlain);
  begin();
  const StepCase fetch = call_back("code=c&state=" + state_);
  std::string body = R"({"access_token":"at","token_type":"bearer"})";
  body.resize(kMaxFetchBytes, ' ');
  EXPECT_EQ(answer(fetch, body).kind(), StepKind::session);
  expect_failure(answer(fetch, body + " "), "token_too_large");
}

// Nothing behind the limit counts: a cookie that ends there is whole, and one that ends a byte later is not.
TEST_F(CoreTest, ACookieHeaderIsReadUpToItsLimit) {
  configure(kPlain);
  begin();
  const std::string cookie = cookie_;
  const auto fill = [](std::size_t bytes, const std::string& last) {
    return "x=" + std::string(bytes - 4 - last.size(), 'x') + "; " + last;
  };
  cookie_ = fill(kMaxCookieHeaderBytes, cookie);
  EXPECT_EQ(call_back("code=c&state=" + state_).kind(), StepKind::fetch);
  cookie_ = fill(kMaxCookieHeaderBytes + 1, cookie);
  expect_failure(call_back("code=c&state=" + state_), "transaction_invalid");

  std::string forged;
  for (const char tag : {'A', 'B', 'C', 'D', 'E'})
    forged += (forged.empty() ? "__Host-landfall-" : "; __Host-landfall-") + std::string(kStateTagBytes, tag) + "=";
  const auto start = [&](std::size_t bytes) {
    std::vector<std::string> fields(static_cast<std::size_t>(StartField::cookie) + 1);
    fields[static_cast<std::size_t>(StartField::now)] = kNow;
    fields[static_cast<std::size_t>(StartField::entropy)] = make_entropy();
    fields[static_cast<std::size_t>(StartField::cookie)] = fill(bytes, forged);
    const StepCase step{handle(core_, Operation::start, fields)};
    EXPECT_EQ(step.kind(), StepKind::started) << step.at(respond_field::code);
    return step.fields.size() - started_field::set_cookie_0;
  };
  EXPECT_EQ(start(kMaxCookieHeaderBytes), 2u) << "the new transaction, and the end of the oldest";
  EXPECT_EQ(start(kMaxCookieHeaderBytes + 1), 1u);
}

TEST_F(CoreTest, NothingBeforeTheStateTouchesTheTransaction) {
  configure(kPlain);
  begin();
  std::string other = state_;
  other[20] = other[20] == 'A' ? 'B' : 'A';
  for (const auto& [query, code] : {std::pair<std::string, std::string>{"code=c&state=" + other, "state_mismatch"},
                                    {"code=c&state=" + state_ + "x", "state_mismatch"},
                                    {"code=c&state=" + std::string(129, 'x'), "state_mismatch"},
                                    {"code=c&state=" + state_ + "&state=" + state_, "param_duplicate"},
                                    {"code=c", "state_missing"},
                                    {"", "response_missing"},
                                    {"error=access_denied&state=" + other, "state_mismatch"}}) {
    const StepCase step = call_back(query);
    expect_failure(step, code);
    EXPECT_TRUE(step.headers(respond_field::header_0, "set-cookie").empty()) << query;
  }
}

TEST_F(CoreTest, LookingAheadDoesNothing) {
  configure(kPlain);
  begin();
  const std::vector<RequestCase> ahead = {
      {.fields = {{RequestField::method, "HEAD"}}, .headers = {}},
      {.fields = {}, .headers = {{RequestHeader::sec_purpose, "prefetch;prerender"}}},
      {.fields = {}, .headers = {{RequestHeader::purpose, "prefetch"}}},
      {.fields = {}, .headers = {{RequestHeader::next_router_prefetch, "1"}}}};
  for (RequestCase request : ahead) {
    request.fields[RequestField::url] = "/auth/callback?code=c&state=" + state_;
    request.headers[RequestHeader::cookie] = cookie_;
    for (const Route route : {Route::sign_in, Route::callback, Route::sign_out}) {
      const StepCase step = run(route, request);
      ASSERT_EQ(step.kind(), StepKind::respond);
      EXPECT_EQ(step.at(respond_field::status), "204");
      EXPECT_TRUE(step.headers(respond_field::header_0, "set-cookie").empty());
    }
  }
}

TEST_F(CoreTest, SignsInWithOpenIdConnect) {
  configure(kOpenid);
  begin();
  const StepCase token = call_back("code=c&state=" + state_);
  ASSERT_EQ(token.kind(), StepKind::fetch);
  const Json claims = {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"},
                       {"exp", 1750003600},           {"iat", 1750000000}, {"nonce", parameter_of(location_, "nonce")}};
  const Text id_token = concat(base64url(R"({"alg":"RS256","kid":"k"})"), ".", base64url(claims.dump()), ".AAAA");
  const Json tokens = {{"access_token", "at"}, {"token_type", "Bearer"}, {"id_token", std::string(id_token.view())}};
  StepCase jwks = answer(token, tokens.dump());
  ASSERT_EQ(jwks.kind(), StepKind::fetch) << jwks.at(respond_field::code);
  EXPECT_EQ(jwks.at(fetch_field::url), "https://as.example/jwks");
  EXPECT_EQ(jwks.at(fetch_field::max_age), "600");

  jwks = answer(jwks, R"({"keys":[{"kty":"RSA","kid":"old","n":"AQAB","e":"AQAB"}]})");
  ASSERT_EQ(jwks.kind(), StepKind::fetch) << "an unknown kid is asked for once more";
  EXPECT_EQ(jwks.at(fetch_field::max_age), "10");
  expect_failure(answer(jwks, R"({"keys":[]})"), "id_token_key");

  const Json key = {
      {"kty", "RSA"}, {"kid", "k"}, {"n", "w" + std::string(340, 'A') + "Q"}, {"e", "AQAB"}, {"key_ops", {"verify"}}};
  Json other = key;
  other["key_ops"] = {"sign"};
  expect_failure(answer(jwks, Json{{"keys", {other}}}.dump()), "id_token_key");
  const StepCase verify = answer(jwks, Json{{"keys", {other, key}}}.dump());
  ASSERT_EQ(verify.kind(), StepKind::verify);
  EXPECT_EQ(verify.at(verify_field::signature), "AAAA");
  EXPECT_EQ(verify.at(verify_field::data) + ".AAAA", id_token);
  expect_failure(answer(verify, "", "0"), "id_token_signature");
  StepCase forged = verify;
  // Its ID Token's header, with an algorithm that is none of ours.
  std::string& resume = forged.fields[verify_field::resume];
  const std::string before(base64url(R"({"alg":"RS25)").view());
  resume.replace(resume.find(before), before.size(), base64url(R"({"alg":"XS25)").view());
  expect_failure(answer(forged, "", "1"), "id_token_alg");
  resume.back() = '\xE9';
  expect_failure(answer(forged, "", "1"), "internal_error");

  const StepCase userinfo = answer(verify, "", "1");
  ASSERT_EQ(userinfo.kind(), StepKind::fetch) << userinfo.at(respond_field::code);
  EXPECT_EQ(userinfo.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer at"});
  expect_failure(answer(userinfo, R"({"sub":"other"})"), "userinfo_sub");
  expect_failure(answer(userinfo, "{}"), "userinfo_sub");

  const StepCase ask = answer(userinfo, "{\"sub\":\"user-1\",\"name\":\"J\u00f6rg\"}");
  ASSERT_EQ(ask.kind(), StepKind::session) << ask.at(respond_field::code);
  EXPECT_EQ(hook(ask, {}).at(respond_field::code), "");
  const Json session = Json::parse(ask.at(session_field::session));
  EXPECT_EQ(session.at("claims"), claims);
  EXPECT_EQ(session.at("userinfo").at("name"), "J\u00f6rg");
}

}  // namespace
}  // namespace landfall
