#include "question_case.hpp"

namespace landfall {
namespace {

class AccessToken : public QuestionCase {
 protected:
  void SetUp() override { keep_sessions(); }
};

TEST_F(AccessToken, LivesForAMinuteMore) {
  sign_in_at("plain");
  now += kHour - 61;
  EXPECT_EQ(token_of(ask_token()), "at1");
  EXPECT_EQ(ask_token().at(access_token_field::expires_at), std::to_string(kSupabaseNow + kHour));
  now += 1;
  const StepCase fetch = ask_token();
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(fetch.at(fetch_field::method), "POST");
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/token");
  EXPECT_EQ(fetch.at(fetch_field::body), "grant_type=refresh_token&refresh_token=rt1");
  EXPECT_EQ(fetch.at(fetch_field::max_age), "60");
  EXPECT_EQ(fetch.at(fetch_field::patience), "11000") << "the request has failed for sure by then";
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "authorization").size(), 1u);
  const StepCase found = answer(fetch, tokens("2"));
  EXPECT_EQ(token_of(found), "at2");
  EXPECT_EQ(found.at(access_token_field::keep), "1");
  EXPECT_EQ(found.at(access_token_field::expires_at), std::to_string(now + kHour));
  ASSERT_EQ(lines_of(found).size(), 1u);
  take(lines_of(found));
  EXPECT_EQ(token_of(ask_token()), "at2");
}

TEST_F(AccessToken, AKeptAnswerIsAsOldAsItIs) {
  sign_in_at("plain");
  now += kHour;
  const StepCase fetch = ask_token();
  last_.fields[RequestField::age] = "50";
  EXPECT_EQ(answer(fetch, tokens("2")).at(access_token_field::expires_at), std::to_string(now - 50 + kHour));
}

TEST_F(AccessToken, TheMinimumIsAtMostHalfOfItsLife) {
  sign_in_at("plain");
  now += kHour / 2 - 1;
  EXPECT_EQ(token_of(ask_token("999999")), "at1");
  now += 1;
  EXPECT_EQ(ask_token("1800").kind(), StepKind::fetch);
  EXPECT_EQ(token_of(ask_token("1799")), "at1");
  EXPECT_EQ(token_of(ask_token("0")), "at1");
}

TEST_F(AccessToken, OneThatIsTooLargeStaysAwayAndARefreshBringsAnother) {
  const std::string large(12'000, 'x');
  StepCase step = answer(begin("plain"), R"({"access_token":")" + large + R"(","refresh_token":"rt1","token_type":"b)" +
                                             R"(earer","expires_in":3600})");
  if (step.kind() == StepKind::session) step = accept(step);
  EXPECT_EQ(step.at(respond_field::warnings), warning_line(ErrorCode::tokens_too_large, "access_token"));
  follow(step);
  EXPECT_EQ(ask_token().at(fetch_field::body), "grant_type=refresh_token&refresh_token=rt1");
  sign_in_at("plain");
  const StepCase fits = answer(begin("plain"), tokens("1"));
  EXPECT_EQ((fits.kind() == StepKind::session ? accept(fits) : fits).at(respond_field::warnings), "");
}

TEST_F(AccessToken, TheSessionOfAPageIsKeptNowhere) {
  sign_in_at("plain");
  const StepCase shown = request(Route::session, "/auth/session");
  EXPECT_EQ(shown.at(respond_field::status), "200");
  expect_session_headers(shown);
}

TEST_F(AccessToken, TheMinimumIsNoTimeThatIsOver) {
  sign_in_at("plain");
  now += kHour;
  EXPECT_EQ(ask_token("-1").kind(), StepKind::fetch);
  EXPECT_EQ(ask_token("0").kind(), StepKind::fetch);
}

TEST_F(AccessToken, TheSameRefreshHasTheSameKeyInOneSessionAlone) {
  sign_in_at("plain");
  now += kHour;
  const std::string key = ask_token().at(fetch_field::cache_key);
  EXPECT_EQ(key.size(), 43u + 1 + 43);
  EXPECT_EQ(ask_token().at(fetch_field::cache_key), key);
  sign_in_at("plain");
  now += kHour;
  const std::string other = ask_token().at(fetch_field::cache_key);
  EXPECT_NE(other.substr(0, 43), key.substr(0, 43)) << "another session";
  EXPECT_EQ(other.substr(43), key.substr(43)) << "the same refresh token";
}

TEST_F(AccessToken, WhatAnAnswerLeavesOutStays) {
  keep_sessions({{"tokens", true}, {"idToken", true}});
  sign_in_at("plain");
  now += kHour;
  const StepCase found = answer(ask_token(), R"({"access_token":"at2","token_type":"bearer","expires_in":60})");
  take(lines_of(found));
  now += kHour;
  EXPECT_EQ(ask_token().at(fetch_field::body), "grant_type=refresh_token&refresh_token=rt1");
}

TEST_F(AccessToken, AFailureKeepsTheOldOneWhileItLives) {
  sign_in_at("plain");
  now += kHour - 1;
  const StepCase fetch = ask_token();
  EXPECT_EQ(token_of(answer(fetch, "", 503)), "at1");
  EXPECT_EQ(token_of(answer(fetch, R"({"error":"invalid_grant"})", 400)), "at1");
  now += 1;
  const StepCase failed = answer(fetch, R"({"error":"server_error","error_description":"d"})", 500);
  EXPECT_EQ(code_of(failed), "token_error");
  EXPECT_EQ(failed.at(respond_field::detail), "server_error");
  EXPECT_EQ(failed.at(respond_field::description), "d");
  EXPECT_EQ(failed.at(respond_field::provider), "plain");
  EXPECT_EQ(failed.at(respond_field::provider_status), "500");
  EXPECT_EQ(failed.at(respond_field::route), "session");
  EXPECT_NE(failed.at(respond_field::log), "");
  EXPECT_TRUE(set_cookies(failed).empty());
}

TEST_F(AccessToken, ARefusalDropsTheTokensAndNotTheSession) {
  sign_in_at("plain");
  now += kHour;
  const StepCase fetch = ask_token();
  const StepCase refused = answer(fetch, R"({"error":"invalid_grant"})", 400);
  EXPECT_EQ(code_of(refused), "refresh_refused");
  EXPECT_EQ(refused.at(respond_field::forget), fetch.at(fetch_field::cache_key).substr(0, 43));
  ASSERT_EQ(set_cookies(refused).size(), 1u);
  EXPECT_TRUE(set_cookies(refused)[0].starts_with("__Host-landfall-tokens=; "));
  follow(refused);
  EXPECT_EQ(question(Operation::get_user).kind(), StepKind::stored_session);
  EXPECT_EQ(code_of(ask_token()), "access_token_missing");
}

TEST_F(AccessToken, WithoutARefreshTokenItEnds) {
  sign_in_at("plain", R"({"access_token":"at1","token_type":"bearer","expires_in":3600})");
  now += kHour - 1;
  EXPECT_EQ(token_of(ask_token()), "at1");
  now += 1;
  EXPECT_EQ(code_of(ask_token()), "access_token_expired");
}

TEST_F(AccessToken, OneWithoutAnEndLastsAsLongAsTheSession) {
  sign_in_at("plain", R"({"access_token":"at1","token_type":"bearer"})");
  now += 600'000;
  EXPECT_EQ(token_of(ask_token()), "at1");
  EXPECT_EQ(ask_token().at(access_token_field::expires_at), "");
  now += 10'000;
  EXPECT_EQ(code_of(ask_token()), "session_missing");
}

TEST_F(AccessToken, OfAProviderThatIsGoneLivesOn) {
  sign_in_at("plain");
  configure(Json::object(),
            {{"session", {{"tokens", true}}},
             {"providers",
              {{"other", {{"clientId", "c"}, {"clientSecret", kClientSecret}, {"issuer", "https://op.example"}}}}}});
  now += kHour - 1;
  EXPECT_EQ(token_of(ask_token()), "at1");
  now += 1;
  EXPECT_EQ(code_of(ask_token()), "provider_unknown");
}

TEST_F(AccessToken, OfAProviderThatGoesMeanwhileIsOver) {
  sign_in_at("plain");
  now += kHour;
  const StepCase fetch = ask_token();
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  keep_sessions({{"tokens", true}}, {{"providers", {{"openid", all_providers().at("openid")}}}});
  EXPECT_EQ(code_of(answer(fetch, tokens("2"))), "provider_unknown");
}

TEST_F(AccessToken, OfAProviderWithoutItsSettingsLivesOn) {
  sign_in_at("plain");
  Json plain = all_providers().at("plain");
  plain["clientSecret"] = nullptr;
  keep_sessions({{"tokens", true}}, {{"providers", {{"plain", plain}}}});
  now += kHour - 1;
  EXPECT_EQ(token_of(ask_token()), "at1");
  now += 1;
  EXPECT_EQ(code_of(ask_token()), "provider_not_configured");
}

TEST_F(AccessToken, ANewIdTokenIsOfTheSamePerson) {
  const auto verify = [&] { return answer(answer_with_id_token(begin("openid"), "RS256"), key_set()); };
  follow(accept(verdict(verify())));
  now += kHour;
  // This provider named no end, so the token is asked for by nobody. A new sign-in has one.
  const auto id_token = [&](const vectors::Json& changes) {
    vectors::Json claims = {
        {"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"}, {"exp", now + 3600}, {"iat", now}};
    claims.merge_patch(changes);
    return R"(,"id_token":")" + sign("RS256", claims) + "\"";
  };
  StepCase step = begin("openid");
  vectors::Json first = vectors::Json::parse(tokens("1"));
  vectors::Json claims = {
      {"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"},
      {"exp", now + 3600},           {"iat", now},        {"nonce", parameter_of(authorize, "nonce")}};
  first["id_token"] = sign("RS256", claims);
  follow(accept(verdict(answer(answer(step, first.dump()), key_set()))));
  now += kHour;
  const StepCase fetch = ask_token();
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(token_of(answer(fetch, tokens("2", id_token(vectors::Json::object())))), "at2");
  EXPECT_EQ(token_of(answer(fetch, tokens("2"))), "at2") << "it may be left out";
  EXPECT_EQ(code_of(answer(fetch, tokens("2", id_token({{"sub", "user-2"}})))), "id_token_sub");
  EXPECT_EQ(code_of(answer(fetch, tokens("2", id_token({{"iss", "https://evil.example"}})))), "id_token_iss");
  EXPECT_EQ(code_of(answer(fetch, tokens("2", id_token({{"aud", "client-2"}})))), "id_token_aud");
  EXPECT_EQ(code_of(answer(fetch, tokens("2", id_token({{"exp", now - 31}})))), "id_token_exp");
  EXPECT_EQ(code_of(answer(fetch, tokens("2", R"(,"id_token":"x.y.z")"))), "id_token_malformed");
}

TEST_F(AccessToken, AResumeOfNobodyIsAnError) {
  sign_in_at("plain");
  now += kHour;
  StepCase fetch = ask_token();
  fetch.fields[fetch_field::resume] = "?";
  EXPECT_EQ(code_of(answer(fetch, tokens("2"))), "internal_error");
  const StepCase again = ask_token();
  jar.erase("__Host-landfall-tokens");
  last_.headers[RequestHeader::cookie] = cookie_header();
  EXPECT_EQ(code_of(answer(again, tokens("2"))), "access_token_missing");
  jar.clear();
  last_.headers[RequestHeader::cookie] = "";
  EXPECT_EQ(code_of(answer(again, tokens("2"))), "session_missing");
}

}  // namespace
}  // namespace landfall
