#include "own_session_flow_case.hpp"

namespace landfall {
namespace {

using OwnSessionFlow = OwnSessionFlowCase;

TEST_F(OwnSessionFlow, ASignInBeginsOne) {
  configure();
  const StepCase done = sign_in();
  EXPECT_EQ(done.headers(respond_field::header_0, "location").at(0), "/welcome#");
  EXPECT_EQ(done.headers(respond_field::header_0, "pragma").size(), 1u) << "no proxy keeps it";
  take_cookies(done.headers(respond_field::header_0, "set-cookie"));
  const StepCase found = ask(Operation::get_session, request("/"));
  const Json session = session_of(found);
  EXPECT_EQ(session.at("provider"), "work");
  EXPECT_EQ(session.at("created"), kSignedInAt);
  EXPECT_EQ(session.at("expires"), kSignedInAt + kWeek);
  EXPECT_EQ(session.at("data"), Json());
  EXPECT_EQ(session.at("verified"), true);
  EXPECT_EQ(found.at(stored_session_field::set_cookie_0), "") << "nothing to renew yet";
}

TEST_F(OwnSessionFlow, WithoutRandomBytesNobodyIsSignedIn) {
  configure();
  const StepCase begun = sign_in();
  EXPECT_EQ(begun.at(respond_field::code), "");
  configure(R"(,"onSession":true)");
  const StepCase hook = sign_in();
  RequestCase without = request("/auth/callback/work");
  without.fields[RequestField::entropy] = std::string(96, '\0');
  const StepCase refused = take_hook(core_, without, hook, {});
  EXPECT_EQ(refused.at(respond_field::code), "entropy_unavailable");
  for (const std::string& line : refused.headers(respond_field::header_0, "set-cookie"))
    EXPECT_EQ(line.find("landfall-session"), std::string::npos) << line;
}

TEST_F(OwnSessionFlow, TheHookGivesItsData) {
  configure(R"(,"onSession":true)");
  const StepCase hook = sign_in();
  ASSERT_EQ(hook.kind(), StepKind::session);
  RequestCase back = request("/auth/callback/work");
  take_cookies(
      take_hook(core_, back, hook, {.data = R"({"role":"\u00e9"})"}).headers(respond_field::header_0, "set-cookie"));
  EXPECT_EQ(session_of(ask(Operation::get_session, request("/"))).at("data"), Json::parse(R"({"role":"é"})"));
}

TEST_F(OwnSessionFlow, DataThatIsNoJsonOrTooLongBeginsNone) {
  configure(R"(,"onSession":true)");
  const std::map<std::string, std::string> refused = {{"{", "argument_invalid"},
                                                      {"{} {}", "argument_invalid"},
                                                      {"\"" + std::string(6000, 'x') + "\"", "session_too_large"}};
  for (const auto& [data, code] : refused) {
    const StepCase hook = sign_in();
    RequestCase back = request("/auth/callback/work");
    const StepCase done = take_hook(core_, back, hook, {.data = data});
    EXPECT_EQ(done.at(respond_field::code), code) << data.substr(0, 9);
    const auto lines = done.headers(respond_field::header_0, "set-cookie");
    for (const std::string& line : lines) EXPECT_EQ(line.find("landfall-session"), std::string::npos);
    if (code == "session_too_large") EXPECT_FALSE(lines.empty()) << "the sign-in has ended";
  }
}

TEST_F(OwnSessionFlow, DataWithoutTheOptionIsAMistakeOfTheApp) {
  configure(R"(,"onSession":true)", "false");
  const StepCase hook = sign_in();
  RequestCase back = request("/auth/callback/work");
  const StepCase done = take_hook(core_, back, hook, {.data = "1"});
  EXPECT_EQ(done.at(respond_field::code), "session_refused");
  EXPECT_EQ(done.at(respond_field::parameter), "data");
}

TEST_F(OwnSessionFlow, ItRollsAndEnds) {
  configure(R"(,"clockTolerance":30)", R"({"maxAge":1000,"idle":100})");
  signed_in();
  now_ = kSignedInAt + 9;
  EXPECT_EQ(ask(Operation::get_session, request("/")).fields.size(), stored_session_field::set_cookie_0);
  for (std::int64_t seconds = 90; seconds < 1000; seconds += 90) {
    now_ = kSignedInAt + seconds;
    const StepCase found = ask(Operation::get_session, request("/"));
    const Json session = session_of(found);
    ASSERT_FALSE(session.is_null()) << seconds;
    EXPECT_EQ(session.at("created"), kSignedInAt);
    EXPECT_EQ(session.at("expires"), kSignedInAt + std::min<std::int64_t>(seconds + 100, 1000));
    take_cookies({found.at(stored_session_field::set_cookie_0)});
  }
  now_ = kSignedInAt + 1000;
  EXPECT_TRUE(session_of(ask(Operation::get_session, request("/"))).is_null());
}

TEST_F(OwnSessionFlow, AnOlderSecretIsReplacedAtTheNextRequest) {
  configure();
  signed_in();
  const std::string options = R"({"secret":["fedcba9876543210fedcba9876543210","0123456789abcdef0123456789abcdef"],)"
                              R"("origin":"https://app.example","session":true,"providers":{)" +
                              provider("work", kEndpoints) + "}}";
  handle(core_, Operation::configure, {options});
  const StepCase found = ask(Operation::get_session, request("/"));
  ASSERT_FALSE(session_of(found).is_null());
  EXPECT_NE(found.at(stored_session_field::set_cookie_0), "");
  take_cookies({found.at(stored_session_field::set_cookie_0)});
  const StepCase again = ask(Operation::get_session, request("/"));
  ASSERT_FALSE(session_of(again).is_null());
  EXPECT_EQ(again.at(stored_session_field::set_cookie_0), "");
}

TEST_F(OwnSessionFlow, ACookieOfAnAppThatHadSessionsIsNobody) {
  configure();
  signed_in();
  ASSERT_FALSE(session_of(ask(Operation::get_session, request("/"))).is_null());
  configure({}, "false");
  EXPECT_TRUE(session_of(ask(Operation::get_session, request("/"))).is_null());
}

TEST_F(OwnSessionFlow, TheAppChangesItsData) {
  configure();
  signed_in();
  now_ = kSignedInAt + 5;
  RequestCase change = request("/");
  change.fields[RequestField::data] = R"({"cart":[1]})";
  const StepCase changed = ask(Operation::update_session, change);
  EXPECT_EQ(session_of(changed).at("data"), Json::parse(R"({"cart":[1]})"));
  take_cookies({changed.at(stored_session_field::set_cookie_0)});
  const Json session = session_of(ask(Operation::get_session, request("/")));
  EXPECT_EQ(session.at("data"), Json::parse(R"({"cart":[1]})"));
  EXPECT_EQ(session.at("created"), kSignedInAt);
  EXPECT_EQ(session.at("expires"), kSignedInAt + 5 + kWeek);

  change = request("/");
  change.fields[RequestField::data] = "null";
  EXPECT_TRUE(session_of(ask(Operation::update_session, change)).at("data").is_null());
  change.fields[RequestField::data] = "nope";
  EXPECT_EQ(ask(Operation::update_session, change).at(respond_field::code), "argument_invalid");
  change.fields[RequestField::data] = "\"" + std::string(6000, 'x') + "\"";
  EXPECT_EQ(ask(Operation::update_session, change).at(respond_field::code), "session_too_large");
  cookie_.clear();
  change = request("/");
  EXPECT_TRUE(session_of(ask(Operation::update_session, change)).is_null()) << "nobody is signed in";
}

TEST_F(OwnSessionFlow, TheAppSignsSomebodyInItself) {
  configure();
  RequestCase create = request("/login");
  create.fields[RequestField::user] = R"({"provider":"password","sub":"7","name":"Ad\u00e1","email":"a@b.c","x":1})";
  create.fields[RequestField::data] = "[1]";
  const StepCase begun = ask(Operation::create_session, create);
  take_cookies({begun.at(stored_session_field::set_cookie_0)});
  const Json session = session_of(ask(Operation::get_session, request("/")));
  EXPECT_EQ(session, session_of(begun));
  EXPECT_EQ(session.at("user"), Json::parse(R"({"provider":"password","sub":"7","name":"Adá","email":"a@b.c",)"
                                            R"("email_verified":false,"picture":null,"username":null,"locale":null})"));
  EXPECT_EQ(session.at("provider"), "password");
  EXPECT_EQ(session.at("data"), Json::array({1}));

  for (const char* user :
       {"", "{", "[]", "7", R"({"sub":"7"})", R"({"provider":"password"})", R"({"provider":"a.b","sub":"7"})",
        R"({"provider":7,"sub":"7"})", R"({"provider":"password","sub":""})", R"({"provider":"","sub":"7"})"}) {
    create.fields[RequestField::user] = user;
    const StepCase refused = ask(Operation::create_session, create);
    EXPECT_EQ(refused.at(respond_field::code), "argument_invalid") << user;
    EXPECT_EQ(refused.at(respond_field::parameter), "user") << user;
  }
  create.fields[RequestField::user] = R"({"provider":"password","sub":"7"})";
  create.fields[RequestField::entropy] = "";
  EXPECT_EQ(ask(Operation::create_session, create).at(respond_field::code), "entropy_unavailable");
  configure({}, "false");
  EXPECT_EQ(ask(Operation::create_session, create).at(respond_field::code), "session_off");
  configure(R"(,"onSignOut":null)");
  EXPECT_EQ(ask(Operation::create_session, create).at(respond_field::code), "config_missing");
}

TEST_F(OwnSessionFlow, SigningOutEndsIt) {
  configure();
  signed_in();
  // Only Supabase knows of other sessions.
  for (const char* query : {"", "?scope=others"}) {
    RequestCase out = request(std::string("/auth/sign-out") + query);
    out.fields[RequestField::method] = "POST";
    const StepCase done = serve(core_, Route::sign_out, out);
    const auto lines = done.headers(respond_field::header_0, "set-cookie");
    ASSERT_EQ(lines.size(), 1u) << query;
    EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=; Path=/; Max-Age=0;")) << lines[0];
    EXPECT_EQ(done.headers(respond_field::header_0, "pragma").size(), 1u);
  }
  configure({}, "false");
  RequestCase out = request("/auth/sign-out");
  out.fields[RequestField::method] = "POST";
  EXPECT_TRUE(serve(core_, Route::sign_out, out).headers(respond_field::header_0, "set-cookie").empty())
      << "without the option the cookie is not ours";
}

TEST_F(OwnSessionFlow, ASignInRemembersTheSessionForTheHookAlone) {
  const auto size_of_cookie = [&] {
    RequestCase start = request("/auth/sign-in");
    start.headers[RequestHeader::sec_fetch_site] = "same-origin";
    return serve(core_, Route::sign_in, start).headers(respond_field::header_0, "set-cookie").at(0).size();
  };
  configure();
  const std::size_t size = size_of_cookie();
  signed_in();
  EXPECT_EQ(size_of_cookie(), size);
  configure(R"(,"onSession":true)");
  EXPECT_GT(size_of_cookie(), size);
}

}  // namespace
}  // namespace landfall
