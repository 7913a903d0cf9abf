#include "supabase_case.hpp"

namespace landfall {
namespace {

class SupabaseSignOut : public SupabaseCase {
 protected:
  void SetUp() override {
    configure();
    jar[std::string(kKey)] = as_cookie(kSessionJson);
    hold_verifier("3e454c535a61686f767d848b9299a0a7", std::string(112, 'v'));
    jar["unrelated"] = "1";
  }

  StepCase sign_out(const std::string& query = {}) {
    return request(Route::sign_out, "/auth/sign-out" + query, "POST");
  }
};

// v10-sign-out-global, v10-sign-out-local
TEST_F(SupabaseSignOut, EndsTheSessionHereAndThere) {
  const auto before = jar;
  const std::vector<std::pair<std::string, std::string>> scopes = {
      {"?next=%2Fbye", "global"}, {"?next=%2Fbye&scope=local", "local"}, {"?next=%2Fbye&scope=LOCAL", "global"}};
  for (const auto& [query, scope] : scopes) {
    jar = before;
    const StepCase fetch = sign_out(query);
    ASSERT_EQ(fetch.kind(), StepKind::fetch);
    EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/logout?scope=" + scope);
    EXPECT_EQ(fetch.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer at"});
    EXPECT_EQ(fetch.headers(fetch_field::header_0, "apikey"), std::vector<std::string>{"anon-key"});
    const StepCase done = answer(fetch, "", 204);
    EXPECT_EQ(done.at(respond_field::code), "");
    EXPECT_EQ(location(done), "/bye#");
    expect_session_headers(done);
    follow(done);
    EXPECT_EQ(cookie_header(), "unrelated=1");
  }
}

// v10-sign-out-others
TEST_F(SupabaseSignOut, OthersKeepsWhatIsHere) {
  now = 1'768'482'000;
  const StepCase fetch = sign_out("?scope=others");
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/token?grant_type=refresh_token");
  const StepCase log_out = answer(fetch, R"({"access_token":"at2","refresh_token":"rt2","expires_in":3600})");
  ASSERT_EQ(log_out.kind(), StepKind::fetch);
  EXPECT_EQ(log_out.at(fetch_field::url), std::string(kApi) + "/logout?scope=others");
  EXPECT_EQ(log_out.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer at2"});
  for (const StepCase& done : {answer(log_out, "", 204), answer(log_out, R"({"code":"session_not_found"})", 403)}) {
    EXPECT_EQ(done.at(respond_field::code), done.at(respond_field::provider_status).empty() ? "" : "revocation_failed");
    ASSERT_EQ(set_cookies(done).size(), 1u) << "the session goes on with its new tokens";
    EXPECT_TRUE(set_cookies(done)[0].starts_with(std::string(kKey) + "=base64-"));
  }
  now = 1'768'478'400;
  EXPECT_TRUE(set_cookies(answer(sign_out("?scope=others"), "", 204)).empty()) << "nothing is refreshed";
}

TEST_F(SupabaseSignOut, ARefreshedSessionKeepsTheFormOfItsCookie) {
  for (const bool is_tokens_only : {false, true}) {
    configure({{"cookies", {{"encode", is_tokens_only ? "tokens-only" : "user-and-tokens"}}}});
    now = 1'768'482'000;
    jar[std::string(kKey)] = as_cookie(kSessionJson);
    Json kept = Json::parse(kSessionJson);
    kept["access_token"] = "at2";
    const StepCase log_out = answer(sign_out("?scope=others"), kept.dump());
    const StepCase done = answer(log_out, "", 204);
    ASSERT_EQ(set_cookies(done).size(), 1u);
    if (is_tokens_only) kept.erase("user");
    follow(done);
    EXPECT_EQ(Json::parse(read_session().at(stored_session_field::session)), kept) << is_tokens_only;
  }
}

TEST_F(SupabaseSignOut, RefreshesFirstWhereTheTokenHasExpired) {
  now = 1'768'482'000 - 89;
  const StepCase refresh = sign_out();
  ASSERT_EQ(refresh.kind(), StepKind::fetch);
  EXPECT_EQ(refresh.at(fetch_field::url), std::string(kApi) + "/token?grant_type=refresh_token");
  EXPECT_EQ(body_of(refresh), (Json{{"refresh_token", "rt"}}));
  const StepCase fetch = answer(refresh, R"({"access_token":"at2","refresh_token":"rt2","expires_in":3600})");
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/logout?scope=global");
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer at2"});
  const StepCase done = answer(fetch, "", 204);
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(set_cookies(done).size(), 3u);
  EXPECT_EQ(answer(refresh, "", 500).at(respond_field::code), "revocation_failed");
  now = 1'768'482'000 - 90;
  EXPECT_EQ(sign_out().at(fetch_field::url), std::string(kApi) + "/logout?scope=global");
}

TEST_F(SupabaseSignOut, SignsOutHereWhateverTheServerSays) {
  const StepCase fetch = sign_out();
  for (const int status : {200, 204, 299}) EXPECT_EQ(answer(fetch, "", status).at(respond_field::code), "");
  for (const int status : {199, 300, 302, 400, 401, 403, 404, 429, 500}) {
    const StepCase done = answer(fetch, "", status);
    EXPECT_EQ(done.at(respond_field::code), "revocation_failed") << status;
    EXPECT_EQ(done.at(respond_field::status), "303");
    EXPECT_EQ(set_cookies(done).size(), 3u);
  }
  EXPECT_EQ(answer(fetch, "", 0, "timeout").at(respond_field::code), "revocation_failed");
  EXPECT_EQ(answer(fetch, "", 204, "too_large").at(respond_field::code), "revocation_failed");
}

// The answers of the real server; a refusal is a success only where it says that nothing is left to end.
TEST_F(SupabaseSignOut, SaysWhetherTheSessionsAreOver) {
  const std::string bad_jwt = R"({"code":"bad_jwt","message":"invalid JWT: unable to parse or verify signature"})";
  const std::string no_session = R"({"code":"session_not_found","message":"Session from session_id claim in JWT"})";
  const std::string no_user = R"({"code":"user_not_found","message":"User from sub claim in JWT does not exist"})";
  const std::string no_token = R"({"code":"refresh_token_not_found","message":"Invalid Refresh Token: Not Found"})";
  const auto outcome = [&](const std::string& scope, const std::string& body, int status) {
    const StepCase done = answer(sign_out("?scope=" + scope), body, status);
    EXPECT_EQ(set_cookies(done).empty(), scope == "others");
    if (!done.at(respond_field::code).empty()) {
      EXPECT_EQ(done.at(respond_field::code), "revocation_failed");
      EXPECT_EQ(done.at(respond_field::detail), Json::parse(body).at("code").get<std::string>());
      EXPECT_EQ(done.at(respond_field::provider_status), std::to_string(status));
    }
    return done.at(respond_field::code).empty();
  };
  for (const char* scope : {"global", "local", "others"}) {
    const bool is_own = std::string_view(scope) != "others";
    EXPECT_FALSE(outcome(scope, bad_jwt, 403)) << scope;
    EXPECT_EQ(outcome(scope, no_session, 403), is_own) << scope;
    EXPECT_EQ(outcome(scope, no_user, 403), is_own) << scope;
  }
  now = 1'768'482'000;
  EXPECT_FALSE(outcome("global", no_token, 400)) << "the other sessions may live";
  EXPECT_TRUE(outcome("local", no_token, 400));
  EXPECT_FALSE(outcome("others", no_token, 400));
  EXPECT_FALSE(outcome("local", R"({"code":"user_banned","message":"m"})", 403));
}

TEST_F(SupabaseSignOut, WithoutASessionOnlyOthersAreInDoubt) {
  jar.erase(std::string(kKey));
  EXPECT_EQ(sign_out().at(respond_field::code), "");
  EXPECT_EQ(sign_out("?scope=others").at(respond_field::code), "revocation_failed");
}

TEST_F(SupabaseSignOut, RefreshesOnlyWhatCanBeRefreshed) {
  for (const char* session : {R"({"access_token":"at","refresh_token":"","expires_at":1})",
                              R"({"access_token":"at","refresh_token":"r\tt","expires_at":1})",
                              R"({"access_token":"at","refresh_token":"rt","expires_at":"soon"})",
                              R"({"access_token":"at","refresh_token":"rt","expires_at":null})"}) {
    jar[std::string(kKey)] = as_cookie(session);
    EXPECT_EQ(sign_out().at(fetch_field::url), std::string(kApi) + "/logout?scope=global") << session;
  }
}

TEST_F(SupabaseSignOut, ClearsCookiesThatHoldNoSession) {
  jar[std::string(kKey)] = "base64-A";
  const StepCase done = sign_out();
  ASSERT_EQ(done.kind(), StepKind::respond) << "there is nothing to ask";
  EXPECT_EQ(set_cookies(done).size(), 3u);
  jar = {{std::string(kKey), as_cookie(R"({"access_token":"a\nb","refresh_token":"","expires_at":99999999999})")}};
  EXPECT_EQ(sign_out().kind(), StepKind::respond) << "a token that no header can carry";
}

TEST_F(SupabaseSignOut, OnlyByAPostOfThisSite) {
  expect_failure(request(Route::sign_out, "/auth/sign-out"), "method_not_allowed");
  expect_failure(request(Route::sign_out, "/auth/sign-out", "POST", {{RequestHeader::origin, "https://evil.example"}}),
                 "csrf");
}

}  // namespace
}  // namespace landfall
