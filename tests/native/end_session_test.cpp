#include "question_case.hpp"

namespace landfall {
namespace {

/// A sign-out that goes on to the provider's.
class EndSession : public QuestionCase {
 protected:
  void SetUp() override {
    vectors::Json plain = {{"clientId", "client-1"},
                           {"clientSecret", kClientSecret},
                           {"authorizationEndpoint", "https://as.example/authorize"},
                           {"tokenEndpoint", "https://as.example/token"},
                           {"revocationEndpoint", "https://as.example/revoke"},
                           {"endSessionEndpoint", "https://as.example/logout"}};
    options_ = {{"session", {{"tokens", true}, {"endProviderSession", true}}}, {"providers", {{"plain", plain}}}};
    start();
  }

  void start(const vectors::Json& more = vectors::Json::object()) {
    options_.update(more);
    configure(Json::object(), options_);
    sign_in_at("plain");
  }

  StepCase sign_out(const std::string& query = "?next=%2Fbye") {
    return request(Route::sign_out, "/auth/sign-out" + query, "POST", {{RequestHeader::origin, "https://app.example"}});
  }

  StepCase come_back(const std::string& state) { return request(Route::sign_out, "/auth/sign-out?state=" + state); }

  vectors::Json options_;
};

TEST_F(EndSession, RevokesTheRefreshTokenAndLeadsToTheProvider) {
  const std::string family = [this] {
    now += kHour;
    return ask_token().at(fetch_field::cache_key).substr(0, 43);
  }();
  const StepCase fetch = sign_out();
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/revoke");
  EXPECT_EQ(fetch.at(fetch_field::body), "token=rt1&token_type_hint=refresh_token");
  const StepCase done = answer(fetch, "");
  const std::string to = location(done);
  EXPECT_TRUE(
      to.starts_with("https://as.example/logout?client_id=client-1&post_logout_redirect_uri=https%3A%2F%2Fapp."
                     "example%2Fauth%2Fsign-out&state="))
      << to;
  EXPECT_EQ(done.at(respond_field::forget), family);
  EXPECT_EQ(done.at(respond_field::code), "");
  follow(done);
  EXPECT_EQ(jar.count("__Host-landfall-session") + jar.count("__Host-landfall-tokens"), 0u);
  const StepCase back = come_back(parameter_of(to, "state"));
  EXPECT_EQ(location(back), "/bye#");
  EXPECT_EQ(back.at(respond_field::code), "");
}

TEST_F(EndSession, LeadsToTheAddressOfTheAppAfterwards) {
  start({{"onSignOut", true}});
  const StepCase fetch = hook(sign_out(), {.redirect = "https://other.example/gone?a#b"});
  const StepCase back = come_back(parameter_of(location(answer(fetch, "")), "state"));
  EXPECT_EQ(location(back), "https://other.example/gone?a#b");
}

TEST_F(EndSession, AFailedRevocationStopsNobody) {
  const StepCase done = answer(sign_out(), "", 503);
  EXPECT_EQ(done.at(respond_field::code), "revocation_failed");
  EXPECT_TRUE(location(done).starts_with("https://as.example/logout?"));
}

TEST_F(EndSession, OnlyItsOwnStateLeadsAnywhere) {
  const std::string state = parameter_of(location(answer(sign_out(), "")), "state");
  for (const std::string& other :
       {std::string(), std::string("x"), state.substr(1), state + "A", std::string(5000, 'A')}) {
    const StepCase back = come_back(other);
    EXPECT_EQ(location(back), "/#");
    EXPECT_EQ(back.at(respond_field::code), "sign_out_state");
  }
  now += 599;
  EXPECT_EQ(location(come_back(state)), "/bye#");
  now += 1;
  EXPECT_EQ(location(come_back(state)), "/#");
  now -= 600 + 30;
  EXPECT_EQ(location(come_back(state)), "/bye#");
  now -= 1;
  EXPECT_EQ(location(come_back(state)), "/#") << "from the future";
}

TEST_F(EndSession, ItsStateIsBoundToTheOrigin) {
  const std::string state = parameter_of(location(answer(sign_out(), "")), "state");
  options_["origin"] = "https://other.example";
  configure(Json::object(), options_);
  EXPECT_EQ(location(come_back(state)), "/#");
}

TEST_F(EndSession, AnUnsafeNextIsNotSealed) {
  const StepCase done = answer(sign_out("?next=https%3A%2F%2Fevil.example"), "");
  EXPECT_EQ(location(come_back(parameter_of(location(done), "state"))), "/#");
}

TEST_F(EndSession, ALongNextComesBackToo) {
  const std::string next = "/" + std::string(2000, 'a');
  const StepCase done = answer(sign_out("?next=" + next), "");
  EXPECT_EQ(location(come_back(parameter_of(location(done), "state"))), next + "#");
}

TEST_F(EndSession, TheIdTokenIsAHint) {
  vectors::Json openid = options_["providers"]["plain"];
  openid.update({{"issuer", "https://as.example"}, {"jwksUri", "https://as.example/jwks"}, {"scopes", "openid"}});
  openid["endSessionEndpoint"] = "https://as.example/logout?ui=1";
  options_["providers"] = {{"openid", openid}};
  options_["session"] = {{"endProviderSession", true}};
  configure(Json::object(), options_);
  follow(accept(verdict(answer(answer_with_id_token(begin("openid")), key_set()))));
  // Without `tokens` there is nothing to revoke.
  const std::string to = location(sign_out());
  EXPECT_TRUE(to.starts_with("https://as.example/logout?ui=1&id_token_hint=")) << to;
  EXPECT_EQ(parameter_of(to, "id_token_hint").find('.') == std::string::npos, false);
  EXPECT_EQ(code_of(ask_token()), "access_token_missing");
}

TEST_F(EndSession, AnAppHasTheFirstWord) {
  start({{"onSignOut", true}});
  const StepCase ask = sign_out();
  ASSERT_EQ(ask.kind(), StepKind::sign_out);
  const StepCase own = accept(ask);
  EXPECT_EQ(own.at(fetch_field::body), "token=rt1&token_type_hint=refresh_token");
  const StepCase named = hook(
      ask,
      {.redirect = "/else", .revoke_provider = "plain", .revoke_token = "mine", .token_type_hint = "access_token"});
  EXPECT_EQ(named.at(fetch_field::body), "token=mine&token_type_hint=access_token");
  last_.fields[RequestField::redirect] = "/else";
  const StepCase done = answer(named, "");
  EXPECT_EQ(location(come_back(parameter_of(location(done), "state"))), "/else#");
}

TEST_F(EndSession, NobodyHasNothingToEnd) {
  jar.clear();
  EXPECT_EQ(location(sign_out()), "/bye#");
}

TEST_F(EndSession, OtherSessionsEndWithoutThisOne) {
  const StepCase done = sign_out("?next=%2Fbye&scope=others");
  EXPECT_EQ(location(done), "/bye#");
  EXPECT_TRUE(set_cookies(done).empty());
}

TEST_F(EndSession, WithoutTheOptionAGetIsNone) {
  options_["session"] = {{"tokens", true}};
  configure(Json::object(), options_);
  const StepCase wrong = come_back("x");
  EXPECT_EQ(wrong.at(respond_field::status), "405");
  EXPECT_EQ(wrong.headers(respond_field::header_0, "allow"), std::vector<std::string>{"POST"});
  options_["session"] = {{"endProviderSession", true}};
  configure(Json::object(), options_);
  const StepCase put = request(Route::sign_out, "/auth/sign-out", "PUT");
  EXPECT_EQ(put.headers(respond_field::header_0, "allow"), std::vector<std::string>{"GET, POST"});
}

TEST_F(EndSession, TheAccessTokenIsRevokedWhereThereIsNoOther) {
  sign_in_at("plain", R"({"access_token":"at1","token_type":"bearer"})");
  EXPECT_EQ(sign_out().at(fetch_field::body), "token=at1&token_type_hint=access_token");
}

TEST_F(EndSession, OnlyWhereTheAppWantsItAndTheProviderHasIt) {
  options_["session"] = {{"tokens", true}};
  configure(Json::object(), options_);
  EXPECT_EQ(location(answer(sign_out(), "")), "/bye#");
  options_["session"] = {{"tokens", true}, {"endProviderSession", true}};
  options_["providers"]["plain"].erase("endSessionEndpoint");
  configure(Json::object(), options_);
  EXPECT_EQ(location(answer(sign_out(), "")), "/bye#");
}

TEST_F(EndSession, BesideOneOfSupabaseItsOwnRefreshesAreForgotten) {
  now += kHour;
  const std::string family = ask_token().at(fetch_field::cache_key).substr(0, 43);
  const Json session = {
      {"access_token", sign("HS256", {{"session_id", "s-1"}})}, {"refresh_token", "rt"}, {"expires_at", now + kHour}};
  jar[std::string(kKey)] = as_cookie(session.dump());
  const StepCase log_out = sign_out();
  ASSERT_EQ(log_out.at(fetch_field::url), std::string(kApi) + "/logout?scope=global");
  const StepCase done = answer(answer(log_out, "", 204), "");
  EXPECT_EQ(done.at(respond_field::forget), family);
  EXPECT_TRUE(location(done).starts_with("https://as.example/logout?")) << location(done);
  EXPECT_EQ(location(come_back(parameter_of(location(done), "state"))), "/bye#");
}

}  // namespace
}  // namespace landfall
