#include "supabase_case.hpp"

namespace landfall {
namespace {

constexpr const char* kFragment = "access_token=at&refresh_token=rt&expires_in=3600&token_type=bearer";

/// A session in the fragment of a page's address.
class SupabaseImplicit : public SupabaseCase {
 protected:
  StepCase arrive(const std::string& fragment, const std::string& query = {}) {
    page_ = {.fields = {{RequestField::now, std::to_string(now)},
                        {RequestField::method, "GET"},
                        {RequestField::url, "https://app.example/auth/callback" + query},
                        {RequestField::fragment, fragment}},
             .headers = {{RequestHeader::host, "app.example"}}};
    return serve(core, Route::callback, page_);
  }

  /// What GET /user brought.
  StepCase take_user(const StepCase& user, const std::string& body = R"({ "id": "u" })",
                     const std::string& status = "200", const std::string& failure = {},
                     const std::string& host = "app.example") {
    page_.fields[RequestField::resume] = user.at(fetch_field::resume);
    page_.fields[RequestField::status] = status;
    page_.fields[RequestField::failure] = failure;
    page_.fields[RequestField::answer] = body;
    page_.headers[RequestHeader::host] = host;
    return {handle(core, Operation::serve, page_.list())};
  }

  StepCase let_in(const StepCase& ask) { return take_hook(core, page_, ask, {}); }

 private:
  RequestCase page_;
};

TEST_F(SupabaseImplicit, IsTakenOnceItsUserIsKnown) {
  configure();
  const StepCase user = arrive(kFragment);
  ASSERT_EQ(user.kind(), StepKind::fetch) << user.at(respond_field::code);
  EXPECT_EQ(user.at(fetch_field::method), "GET");
  EXPECT_EQ(user.at(fetch_field::url), std::string(kApi) + "/user");
  EXPECT_EQ(user.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer at"});
  const StepCase ask = take_user(user);
  const Json wanted = {{"access_token", "at"}, {"refresh_token", "rt"}, {"token_type", "bearer"},
                       {"expires_in", 3600},   {"user", {{"id", "u"}}}, {"expires_at", kSupabaseNow + 3600}};
  EXPECT_EQ(session_of(ask), wanted);
  EXPECT_EQ(ask.at(session_field::redirect_type), "");
  EXPECT_EQ(ask.at(session_field::next), "/");
  const StepCase done = let_in(ask);
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(location(done), "/#");
  follow(done);
  EXPECT_EQ(Json::parse(read_session().at(stored_session_field::session)), wanted);
}

TEST_F(SupabaseImplicit, HasTheProvidersTokensWhereTheyCame) {
  configure();
  const Json session =
      session_of(take_user(arrive(std::string(kFragment) + "&provider_token=pt&expires_at=1768482001")));
  EXPECT_EQ(session.at("provider_token"), "pt");
  EXPECT_FALSE(session.contains("provider_refresh_token"));
  EXPECT_EQ(session.at("expires_at"), 1768482001);
}

TEST_F(SupabaseImplicit, LeavesUserOutOfTheCookie) {
  configure({{"cookies", {{"encode", "tokens-only"}}}});
  const StepCase ask = take_user(arrive(kFragment));
  EXPECT_TRUE(session_of(ask).contains("user"));
  follow(let_in(ask));
  const Json kept = Json::parse(read_session().at(stored_session_field::session));
  EXPECT_EQ(kept.at("refresh_token"), "rt");
  EXPECT_FALSE(kept.contains("user"));
}

TEST_F(SupabaseImplicit, TellsARecovery) {
  configure(Json::object(), {{"paths", {{"afterRecovery", "/password"}, {"afterSignIn", "/home"}}}});
  const StepCase recovery = take_user(arrive(std::string(kFragment) + "&type=recovery"));
  EXPECT_EQ(recovery.at(session_field::redirect_type), "recovery");
  EXPECT_EQ(location(let_in(recovery)), "/password#");
  EXPECT_EQ(location(let_in(take_user(arrive(std::string(kFragment) + "&type=signup")))), "/home#");
  EXPECT_EQ(location(let_in(take_user(arrive(std::string(kFragment) + "&type=recovery", "?next=%2Fhere")))), "/here#");
}

TEST_F(SupabaseImplicit, WhatIsNoSessionIsRefused) {
  configure();
  for (const char* fragment :
       {"access_token=at", "access_token=at&expires_in=3600&token_type=bearer",
        "access_token=at&refresh_token=rt&expires_in=3600", "access_token=at&refresh_token=rt&token_type=bearer",
        "access_token=at&refresh_token=rt&expires_in=soon&token_type=bearer",
        "access_token=a%09t&refresh_token=rt&expires_in=3600&token_type=bearer",
        "access_token=a%22t&refresh_token=rt&expires_in=3600&token_type=bearer",
        "access_token=a%5Ct&refresh_token=rt&expires_in=3600&token_type=bearer",
        "access_token=at&refresh_token=rt&expires_in=3600&token_type=bearer&provider_token=%22"})
    expect_failure(arrive(fragment), "token_shape");
}

TEST_F(SupabaseImplicit, IsNotTakenWithoutItsUser) {
  configure();
  const StepCase user = arrive(kFragment);
  expect_failure(take_user(user, "", "", "timeout"), "token_timeout");
  expect_failure(take_user(user, "{}", "401"), "token_status");
  expect_failure(take_user(user, "[]"), "token_status");
}

TEST_F(SupabaseImplicit, IsForAHostThatIsTrusted) {
  configure(Json::object(), {{"origin", {{"trustedHosts", Json::array({"app.example"})}}}});
  const StepCase user = arrive(kFragment);
  EXPECT_EQ(take_user(user).kind(), StepKind::session);
  expect_failure(take_user(user, "{}", "200", "", "evil.example"), "host_untrusted");
}

TEST_F(SupabaseImplicit, IsNotForAnAppOfOwnFlowsOrWithoutSupabase) {
  configure({{"flows", "own"}});
  expect_failure(arrive(kFragment), "flow_foreign");
  const Json direct = {{"clientId", "client-1"},
                       {"authorizationEndpoint", "https://as.example/authorize"},
                       {"tokenEndpoint", "https://as.example/token"}};
  const Json config = {
      {"secret", std::string(32, 's')}, {"origin", "https://app.example"}, {"providers", {{"work", direct}}}};
  handle(core, Operation::configure, {config.dump()});
  expect_failure(arrive(kFragment), "response_type_unexpected");
}

}  // namespace
}  // namespace landfall
