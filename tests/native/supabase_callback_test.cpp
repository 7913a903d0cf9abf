#include "supabase_case.hpp"

namespace landfall {
namespace {

using SupabaseCallback = SupabaseCase;

TEST_F(SupabaseCallback, TellsTheProfileOfTheUser) {
  configure();
  sign_in("provider=github");
  Json session = Json::parse(kSessionJson);
  session["user"] = {{"id", "u"},
                     {"email", "ada@example.com"},
                     {"email_confirmed_at", "2026-01-01T00:00:00Z"},
                     {"app_metadata", {{"provider", "github"}}},
                     {"user_metadata", {{"name", "Ada"}, {"avatar_url", "https://a.example/1"}, {"user_name", "ada"}}}};
  Json wanted = {{"provider", "github"},   {"sub", "u"},
                 {"name", "Ada"},          {"email", "ada@example.com"},
                 {"email_verified", true}, {"picture", "https://a.example/1"},
                 {"username", "ada"},      {"locale", nullptr}};
  const std::string response = "code=" + std::string(kCode);
  EXPECT_EQ(profile_of(answer(call_back(response), session.dump())), wanted);
  session["user"]["email_confirmed_at"] = nullptr;
  wanted["email_verified"] = false;
  EXPECT_EQ(profile_of(answer(call_back(response), session.dump())), wanted);
  session["user"] = {{"email", "ada@example.com"}};
  EXPECT_EQ(profile_of(answer(call_back(response), session.dump())).at("sub"), nullptr);
}

TEST_F(SupabaseCallback, SignsIn) {
  configure();
  const std::string flow_id = sign_in();
  const StepCase fetch = call_back(with_code("&sb_flow_id=" + flow_id));
  ASSERT_EQ(fetch.kind(), StepKind::fetch) << fetch.at(respond_field::code);
  EXPECT_EQ(fetch.at(fetch_field::method), "POST");
  EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/token?grant_type=pkce");
  EXPECT_EQ(fetch.at(fetch_field::delay), "0");
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "apikey"), std::vector<std::string>{"anon-key"});
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer anon-key"});
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "x-supabase-api-version"), std::vector<std::string>{"2024-01-01"});
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "x-client-info"), std::vector<std::string>{"landfall"});
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "content-type"),
            std::vector<std::string>{"application/json;charset=UTF-8"});
  EXPECT_EQ(body_of(fetch).at("auth_code"), kCode);
  EXPECT_EQ(as_cookie("\"" + body_of(fetch).at("code_verifier").get<std::string>() + "\""), cookie("-code-verifier"));

  const StepCase ask = answer(fetch, kSessionJson);
  EXPECT_EQ(session_of(ask), Json::parse(kSessionJson));
  EXPECT_EQ(ask.at(session_field::provider), "bitbucket");
  EXPECT_EQ(ask.at(session_field::next), "/welcome");
  EXPECT_EQ(ask.at(session_field::redirect_type), "");
  const StepCase done = accept(ask);
  ASSERT_EQ(done.kind(), StepKind::respond);
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.at(respond_field::status), "303");
  EXPECT_EQ(location(done), "/welcome#");
  EXPECT_EQ(done.at(respond_field::provider), "bitbucket");
  EXPECT_EQ(done.at(respond_field::warnings), "");
  expect_session_headers(done);
  follow(done);
  EXPECT_EQ(cookie(""), as_cookie(kSessionJson));
  EXPECT_EQ(jar.size(), 2u) << "the session and the list of finished sign-ins: " << cookie_header();

  expect_failure(call_back(with_code("&sb_flow_id=" + flow_id)), "transaction_used");
  const StepCase session = read_session();
  EXPECT_EQ(session.kind(), StepKind::stored_session);
  EXPECT_EQ(Json::parse(session.at(stored_session_field::session)), Json::parse(kSessionJson));
  EXPECT_EQ(session.fields.size(), std::size_t{stored_session_field::set_cookie_0});
}

TEST_F(SupabaseCallback, TakesBackWhatTheAppRefuses) {
  configure();
  const std::string flow_id = sign_in();
  const StepCase ask = answer(call_back(with_code("&sb_flow_id=" + flow_id)), kSessionJson);
  const StepCase refused = hook(ask, {.is_refused = true});
  expect_failure(refused, "session_refused");
  EXPECT_EQ(parameter_of(location(refused), "next"), "/welcome");
  EXPECT_FALSE(set_cookies(refused).empty());
}

TEST_F(SupabaseCallback, LeavesUserOutOfTheCookie) {
  configure({{"cookies", {{"encode", "tokens-only"}}}});
  const std::string flow_id = sign_in();
  const StepCase ask = answer(call_back(with_code("&sb_flow_id=" + flow_id)), kSessionJson);
  follow(accept(ask));
  EXPECT_EQ(cookie(""), as_cookie(R"({"access_token":"at","token_type":"bearer","expires_in":3600,)"
                                  R"("expires_at":1768482000,"refresh_token":"rt"})"));
  EXPECT_TRUE(session_of(ask).contains("user"));
}

TEST_F(SupabaseCallback, TakesOwnFlowsAloneWhereTheAppSaysSo) {
  configure({{"flows", "own"}});
  const std::string planted = "3e454c535a61686f767d848b9299a0a7";
  hold_verifier(planted, verifier('p'));
  expect_failure(call_back(with_code()), "flow_foreign");
  expect_failure(call_back(with_code("&sb_flow_id=" + planted)), "flow_foreign");
  const std::string flow_id = sign_in();
  const StepCase fetch = call_back(with_code("&sb_flow_id=" + flow_id));
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_NE(body_of(fetch).at("code_verifier"), verifier('p'));
  EXPECT_EQ(accept(answer(fetch, kSessionJson)).at(respond_field::code), "");

  StepCase step = call_back(with_code());
  ASSERT_EQ(step.kind(), StepKind::fetch) << "without a flow id, the sealed one";
  EXPECT_NE(body_of(step).at("code_verifier"), verifier('p'));
  expect_failure(answer(step, kBadVerifier, 400), "bad_code_verifier");
}

// v19-failure-…: auth-js drops slot and index as soon as a flow id names them, whatever the server says.
TEST_F(SupabaseCallback, AFailureEndsAFlowThatIsOver) {
  configure();
  const std::string flow_id = "3e454c535a61686f767d848b9299a0a7";
  hold_verifier(flow_id, verifier('f'));
  jar[std::string(kKey) + "-flows-code-verifier"] = as_cookie("[\"" + flow_id + "\"]");
  for (const std::string& query : {std::string(), "&sb_flow_id=" + flow_id}) {
    const StepCase fetch = call_back(with_code(query));
    EXPECT_EQ(body_of(fetch).at("code_verifier"), verifier('f'));
    const StepCase wrong = answer(fetch, kBadVerifier, 400);
    expect_failure(wrong, "bad_code_verifier");
    const StepCase expired = answer(fetch, R"({"code":"flow_state_expired","message":"m"})", 422);
    expect_failure(expired, "flow_state_expired");
    EXPECT_EQ(expired.at(respond_field::provider), "bitbucket") << "the only one of the configuration";
    EXPECT_EQ(expired.at(respond_field::detail), "flow_state_expired");
    EXPECT_EQ(expired.at(respond_field::description), "m");
    for (const StepCase& step : {wrong, expired}) {
      if (query.empty()) {
        EXPECT_TRUE(set_cookies(step).empty());
        continue;
      }
      const auto before = jar;
      follow(step);
      EXPECT_EQ(cookie("-code-verifier"), "");
      EXPECT_EQ(cookie("-flows-code-verifier"), "");
      EXPECT_EQ(cookie("-flow-" + flow_id + "-code-verifier"), "");
      jar = before;
    }
  }
  jar.clear();
  jar["a"] = "1";
  expect_failure(call_back(with_code()), "code_verifier_missing");
  expect_failure(call_back(with_code("&sb_flow_id=" + flow_id)), "code_verifier_missing");
  jar["sb-other-auth-token-code-verifier"] = as_cookie("\"" + verifier('o') + "\"");
  expect_failure(call_back(with_code()), "verifier_other_project");
}

TEST_F(SupabaseCallback, TellsARecovery) {
  configure(Json::object(), {{"paths", {{"afterRecovery", "/password"}}}});
  hold_verifier("", verifier('r') + "/recovery");
  const StepCase ask = answer(call_back(with_code()), kSessionJson);
  EXPECT_EQ(ask.at(session_field::redirect_type), "recovery");
  EXPECT_EQ(location(accept(ask)), "/password#");
  EXPECT_EQ(location(accept(answer(call_back(with_code("&next=%2Fhere")), kSessionJson))), "/here#");
}

TEST_F(SupabaseCallback, SaysWhatIsWrong) {
  configure();
  const std::string flow_id = sign_in();
  const std::string flow = "&sb_flow_id=" + flow_id;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"error=access_denied&error_description=No", "provider_access_denied"},
      {"error=server_error&error_code=flow_state_expired", "flow_state_expired"},
      {"error=server_error&error_description=Error+getting+user+email+from+external+provider", "email_not_provided"},
      {"error_code=signup_disabled", "signup_disabled"},
      {with_code("&error=access_denied"), "code_and_error"},
      {with_code("&access_token=a"), "response_type_unexpected"},
      {"access_token=a", "response_type_unexpected"},
      {"message=Confirmation+link+accepted", "email_change_half_confirmed"},
      {"code=%0A", "code_invalid"},
      {"code=a&code=b", "param_duplicate"}};
  for (const auto& [query, code] : cases) {
    SCOPED_TRACE(query);
    const StepCase unnamed = call_back(query);
    expect_failure(unnamed, code);
    EXPECT_TRUE(set_cookies(unnamed).empty()) << "whose it is was never known";
    const StepCase named = call_back(query + flow);
    expect_failure(named, code);
    EXPECT_EQ(set_cookies(named).empty(), code == "param_duplicate");
    for (const StepCase& step : {unnamed, named})
      EXPECT_EQ(step.at(respond_field::next), code == "param_duplicate" ? "" : "/welcome");
  }
  expect_failure(call_back(with_code("&sb_flow_id=short")), "state_mismatch");
  const StepCase bare = call_back("");
  EXPECT_EQ(page_of(bare), "error");
  EXPECT_EQ(bare.at(respond_field::code), "response_missing");
}

TEST_F(SupabaseCallback, StartsAgainWhatItKnows) {
  configure();
  sign_in("provider=github&next=%2Ffirst");
  const StepCase only = call_back("error=access_denied&next=%2Fquery");
  EXPECT_EQ(location(only), "/auth/auth-code-error?error=provider_access_denied&provider=github&next=%2Ffirst#");
  const std::string flow_id = sign_in("provider=gitlab&next=%2Fsecond");
  const StepCase either = call_back("error=access_denied&next=%2Fquery");
  EXPECT_EQ(location(either), "/auth/auth-code-error?error=provider_access_denied&provider=bitbucket&next=%2Fquery#");
  const StepCase named = call_back("error=access_denied&next=%2Fquery&sb_flow_id=" + flow_id);
  EXPECT_EQ(location(named), "/auth/auth-code-error?error=provider_access_denied&provider=gitlab&next=%2Fsecond#");
  const StepCase failed =
      answer(call_back(with_code("&sb_flow_id=" + flow_id)), R"({"code":"flow_state_expired","message":"m"})", 422);
  EXPECT_EQ(location(failed), "/auth/auth-code-error?error=flow_state_expired&provider=gitlab&next=%2Fsecond#");
  // A flow of supabase-js has neither.
  jar.clear();
  hold_verifier("", verifier('u'));
  const StepCase foreign = call_back("error=access_denied&next=%2Fquery");
  EXPECT_EQ(location(foreign), "/auth/auth-code-error?error=provider_access_denied&provider=bitbucket&next=%2Fquery#");
}

TEST_F(SupabaseCallback, TellsTheServersOwnCode) {
  configure();
  EXPECT_EQ(call_back("error=server_error").at(respond_field::detail), "server_error");
  std::string error = "not_ok";
  while (error.size() <= kMaxErrorBytes) error += "_again";
  for (const std::string& query : {"error=" + error, "error=server_error&error_code=" + error})
    EXPECT_EQ(call_back(query).at(respond_field::detail), error.substr(0, kMaxErrorBytes));
}

TEST_F(SupabaseCallback, AnAnswerThatIsNoSessionHasUsedTheCodeUp) {
  configure();
  hold_verifier("", verifier('u'));
  const StepCase failed = answer(call_back(with_code()), "{}");
  expect_failure(failed, "token_shape");
  follow(failed);
  EXPECT_EQ(cookie("-code-verifier"), "");
}

TEST_F(SupabaseCallback, WithoutDirectProvidersEveryPathIsSupabases) {
  configure();
  const std::string query = with_code("&sb_flow_id=" + sign_in());
  EXPECT_EQ(request(Route::callback, "/auth/callback/deep?" + query).kind(), StepKind::fetch);
  EXPECT_EQ(call_back(with_code("&message=hello")).kind(), StepKind::fetch) << "a message beside a code is nothing";
  EXPECT_EQ(request(Route::callback, "/auth/callback?code=a", "POST").headers(respond_field::header_0, "allow"),
            std::vector<std::string>{"GET"});
}

TEST_F(SupabaseCallback, TheAppsSessionHasALimitedSize) {
  configure();
  const StepCase fetch = call_back(with_code("&sb_flow_id=" + sign_in()));
  // A letter of two bytes becomes six characters of ASCII.
  const auto session = [](std::size_t characters) {
    std::string text = std::string(kSessionJson.substr(0, kSessionJson.size() - 1)) + ",\"x\":\"";
    for (std::size_t left = characters; left >= 6; left -= 6) text += "\xC3\xA9";
    return text + std::string(characters % 6, 'a') + "\"}";
  };
  const std::size_t room = kMaxSessionBytes - answer(fetch, session(0)).at(session_field::session).size();
  EXPECT_EQ(answer(fetch, session(room)).kind(), StepKind::session);
  expect_failure(answer(fetch, session(room + 1)), "token_too_large");
}

}  // namespace
}  // namespace landfall
