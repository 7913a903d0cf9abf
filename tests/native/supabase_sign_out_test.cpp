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
  EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/logout?scope=others") << "no refresh, which would rotate";
  EXPECT_TRUE(set_cookies(answer(fetch, "", 204)).empty());
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
  for (const StepCase& done :
       {answer(fetch, "", 204), answer(refresh, R"({"code":"refresh_token_not_found","message":"m"})", 400),
        answer(refresh, R"({"code":"user_banned","message":"m"})", 403)}) {
    ASSERT_EQ(done.kind(), StepKind::respond);
    EXPECT_EQ(done.at(respond_field::code), "");
    EXPECT_EQ(set_cookies(done).size(), 3u);
  }
  EXPECT_EQ(answer(refresh, "", 500).at(respond_field::code), "revocation_failed");
  now = 1'768'482'000 - 90;
  EXPECT_EQ(sign_out().at(fetch_field::url), std::string(kApi) + "/logout?scope=global");
}

TEST_F(SupabaseSignOut, SignsOutHereWhateverTheServerSays) {
  const StepCase fetch = sign_out();
  for (const int status : {200, 204, 299, 401, 403, 404})
    EXPECT_EQ(answer(fetch, "", status).at(respond_field::code), "");
  for (const int status : {199, 300, 302, 400, 429, 500}) {
    const StepCase done = answer(fetch, "", status);
    EXPECT_EQ(done.at(respond_field::code), "revocation_failed") << status;
    EXPECT_EQ(done.at(respond_field::status), "303");
    EXPECT_EQ(set_cookies(done).size(), 3u);
  }
  EXPECT_EQ(answer(fetch, "", 0, "timeout").at(respond_field::code), "revocation_failed");
  EXPECT_EQ(answer(fetch, "", 204, "too_large").at(respond_field::code), "revocation_failed");
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
