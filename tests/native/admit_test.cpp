#include "callback_case.hpp"
#include "supabase_case.hpp"

namespace landfall {
namespace {

/// What the app's onSession decides.
class Admit : public SupabaseCase {
 protected:
  StepCase sign_in_as_far_as_the_session(const std::string& query = "provider=bitbucket&next=%2Fwelcome") {
    const std::string flow_id = sign_in(query);
    const StepCase ask = answer(call_back("code=" + std::string(kCode) + "&sb_flow_id=" + flow_id), kSessionJson);
    EXPECT_EQ(ask.kind(), StepKind::session);
    return ask;
  }

  static bool has_session_cookie(const StepCase& step) {
    for (const std::string& line : set_cookies(step))
      if (line.starts_with(std::string(kKey) + "=base64-")) return true;
    return false;
  }
};

TEST_F(Admit, WhatTheAppTakesIsTheAppsSession) {
  configure();
  const StepCase ask = sign_in_as_far_as_the_session();
  EXPECT_EQ(set_cookies(ask).size(), 0u) << "a SESSION has no headers";
  const StepCase done = accept(ask);
  EXPECT_EQ(done.at(respond_field::status), "303");
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.at(respond_field::log), "landfall: callback ok provider=bitbucket");
  EXPECT_EQ(done.at(respond_field::route), "callback");
  EXPECT_EQ(done.at(respond_field::provider), "bitbucket");
  EXPECT_EQ(done.at(respond_field::next), "/welcome");
  EXPECT_EQ(location(done), "/welcome#");
  EXPECT_TRUE(has_session_cookie(done));
  expect_session_headers(done);
}

// A person who signed in directly before would stay signed in beside the new one, and count first.
TEST_F(Admit, ASignInThroughSupabaseEndsASessionOfOurOwn) {
  for (const bool has_hook : {true, false}) {
    configure(Json::object(), {{"session", true}, {"onSession", has_hook}});
    jar["__Host-landfall-session"] = "1of-somebody-else";
    const std::string flow_id = sign_in("provider=bitbucket");
    const StepCase step = answer(call_back("code=" + std::string(kCode) + "&sb_flow_id=" + flow_id), kSessionJson);
    const StepCase done = has_hook ? accept(step) : step;
    EXPECT_TRUE(has_session_cookie(done));
    bool is_ended = false;
    for (const std::string& line : set_cookies(done))
      is_ended |= line.starts_with("__Host-landfall-session=; Path=/; Max-Age=0;");
    EXPECT_TRUE(is_ended);
    if (has_hook)
      for (const std::string& line : set_cookies(hook(step, {.is_refused = true})))
        EXPECT_FALSE(line.starts_with("__Host-landfall-session=")) << "whom the app refuses changes nothing";
  }
}

TEST_F(Admit, TheAppMayLeadElsewhere) {
  configure();
  const StepCase ask = sign_in_as_far_as_the_session();
  for (const auto& [redirect, target] :
       std::vector<std::pair<std::string, std::string>>{{"/first-steps?a=b", "/first-steps?a=b#"},
                                                        {"/a#b", "/a#b"},
                                                        {"https://admin.example/x", "https://admin.example/x#"},
                                                        {"http://localhost:3000/", "http://localhost:3000/#"}}) {
    const StepCase done = hook(ask, {.redirect = redirect});
    EXPECT_EQ(done.at(respond_field::code), "") << redirect;
    EXPECT_EQ(location(done), target);
    EXPECT_EQ(done.at(respond_field::next), "/welcome") << "what the person wanted";
    EXPECT_TRUE(has_session_cookie(done));
    expect_session_headers(done);
  }
}

TEST_F(Admit, WhatIsNoSafeTargetRefusesTheSession) {
  configure();
  const StepCase ask = sign_in_as_far_as_the_session();
  for (const char* redirect : {"//evil.example", "http://evil.example/", "javascript:alert(1)", "x", " ", "/\\evil",
                               "https://u@evil.example/", "/a\r\nset-cookie: a=b"}) {
    SCOPED_TRACE(redirect);
    const StepCase refused = hook(ask, {.redirect = redirect});
    expect_failure(refused, "session_refused");
    EXPECT_EQ(refused.at(respond_field::parameter), "redirect");
    EXPECT_FALSE(has_session_cookie(refused));
  }
}

TEST_F(Admit, ARefusalEndsTheSignIn) {
  configure();
  const StepCase ask = sign_in_as_far_as_the_session();
  const StepCase refused = hook(ask, {.is_refused = true, .redirect = "/never"});
  expect_failure(refused, "session_refused");
  EXPECT_EQ(refused.at(respond_field::parameter), "");
  EXPECT_EQ(refused.at(respond_field::provider), "bitbucket");
  EXPECT_EQ(parameter_of(location(refused), "next"), "/welcome");
  EXPECT_FALSE(has_session_cookie(refused));
  follow(refused);
  EXPECT_EQ(cookie("-code-verifier"), "");
  expect_failure(call_back("code=" + std::string(kCode)), "code_verifier_missing");
}

TEST_F(Admit, ARefusalHandsOnOnlyWhatSomebodyAskedFor) {
  configure(Json::object(), {{"paths", {{"afterSignIn", "/home"}}}});
  hold_verifier("", std::string(112, 'v'));
  const StepCase ask = answer(call_back("code=" + std::string(kCode)), kSessionJson);
  EXPECT_EQ(ask.at(session_field::next), "/home");
  EXPECT_EQ(location(accept(ask)), "/home#");
  EXPECT_EQ(parameter_of(location(hook(ask, {.is_refused = true})), "next"), "");
}

// A host whose hook did not answer at all must not let anybody in.
TEST_F(Admit, NoAnswerIsARefusal) {
  configure();
  const StepCase ask = sign_in_as_far_as_the_session();
  for (const char* failure : {"network", "timeout", "too_large", "redirect", "refused", "no such failure"})
    expect_failure(answer(ask, "", 0, failure), "session_refused");
}

TEST_F(Admit, WarningsOutliveTheQuestion) {
  configure();
  sign_in();
  const StepCase ask = answer(request(Route::none, "/?code=" + std::string(kCode)), kSessionJson);
  const std::string warning = warning_line(ErrorCode::redirect_to_replaced, "");
  EXPECT_EQ(accept(ask).at(respond_field::warnings), warning);
  EXPECT_EQ(hook(ask, {.redirect = "/x"}).at(respond_field::warnings), warning);
  EXPECT_EQ(hook(ask, {.is_refused = true}).at(respond_field::warnings), "");
}

using AdmitDirect = CallbackCase;

TEST_F(AdmitDirect, ADirectProvidersSessionIsAskedForToo) {
  const std::string with_hook = R"({"onSession":true,)" + options(provider("work", kEndpoints)).substr(1);
  ASSERT_EQ(handle(core_, Operation::configure, {with_hook}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
  begin("&next=%2Fwelcome");
  RequestCase request = complete(answer("&iss=https%3A%2F%2Fas.example"));
  const StepCase fetch = serve(core_, Route::callback, request);
  request.fields[RequestField::resume] = fetch.at(fetch_field::resume);
  request.fields[RequestField::status] = "200";
  request.fields[RequestField::answer] = R"({"access_token":"at","token_type":"Bearer"})";
  const StepCase ask = serve(core_, Route::callback, request);
  ASSERT_EQ(ask.kind(), StepKind::session);
  for (const std::string& redirect : {std::string(), std::string("https://admin.example/")}) {
    RequestCase next = request;
    const StepCase done = take_hook(core_, next, ask, {.redirect = redirect});
    EXPECT_EQ(done.at(respond_field::code), "");
    EXPECT_EQ(done.headers(respond_field::header_0, "location"),
              std::vector<std::string>{redirect.empty() ? "/welcome#" : "https://admin.example/#"});
    EXPECT_EQ(done.at(respond_field::warnings), warning_line(ErrorCode::iss_unchecked, "providers.work.issuer"));
    EXPECT_EQ(done.headers(respond_field::header_0, "cache-control"), std::vector<std::string>{"no-store"});
    EXPECT_EQ(done.headers(respond_field::header_0, "set-cookie").size(), 2u) << "the sign-in has ended";
  }
  const StepCase refused = take_hook(core_, request, ask, {.is_refused = true});
  EXPECT_EQ(refused.at(respond_field::code), "session_refused");
  EXPECT_EQ(refused.headers(respond_field::header_0, "set-cookie").size(), 2u);
}

}  // namespace
}  // namespace landfall
