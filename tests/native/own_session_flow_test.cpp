#include <nlohmann/json.hpp>

#include "callback_case.hpp"

namespace landfall {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kNow = 1'750'000'000;
constexpr std::int64_t kIdle = 7 * 86'400;

/// An app that keeps sessions of its own, and one browser.
class OwnSessionFlow : public testing::Test {
 protected:
  void configure(const std::string& more = {}, const std::string& session = "true") {
    const std::string options = R"({"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example",)"
                                R"("session":)" +
                                session + R"(,"providers":{)" + provider("work", kEndpoints) + "}" + more + "}";
    const auto ready = handle(core_, Operation::configure, {options});
    ASSERT_EQ(ready.at(0), std::to_string(static_cast<int>(StepKind::ready))) << ready.at(3);
  }

  [[nodiscard]] RequestCase request(const std::string& path) const {
    return {.fields = {{RequestField::now, std::to_string(now_)},
                       {RequestField::entropy, make_entropy(entropy_)},
                       {RequestField::method, "GET"},
                       {RequestField::url, "https://app.example" + path}},
            .headers = {{RequestHeader::cookie, cookie_}}};
  }

  StepCase ask(Operation operation, const RequestCase& request) { return {handle(core_, operation, request.list())}; }

  /// Takes the cookies that an answer sets.
  void take_cookies(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
      if (line.find("-session") != std::string::npos) cookie_ = line.substr(0, line.find(';'));
  }

  /// Signs in up to the token response, or to the app's hook.
  StepCase sign_in() {
    const StepCase begun = serve(core_, Route::sign_in, request("/auth/sign-in?next=%2Fwelcome"));
    const std::string line = begun.headers(respond_field::header_0, "set-cookie").at(0);
    cookie_ = line.substr(0, line.find(';'));
    const std::string location = begun.headers(respond_field::header_0, "location").at(0);
    const std::size_t at = location.find("&state=") + 7;
    const std::string state = location.substr(at, location.find('&', at) - at);
    const StepCase fetch = serve(core_, Route::callback, request("/auth/callback/work?code=c&state=" + state));
    RequestCase answer = request("/auth/callback/work");
    answer.fields[RequestField::resume] = fetch.at(fetch_field::resume);
    answer.fields[RequestField::status] = "200";
    answer.fields[RequestField::content_type] = "application/json";
    answer.fields[RequestField::answer] = R"({"access_token":"t","token_type":"bearer"})";
    return serve(core_, Route::callback, answer);
  }

  /// Signs in to the end. @return the Set-Cookie values
  std::vector<std::string> signed_in() {
    const auto lines = sign_in().headers(respond_field::header_0, "set-cookie");
    take_cookies(lines);
    return lines;
  }

  [[nodiscard]] Json session_of(const StepCase& found) const {
    EXPECT_EQ(found.kind(), StepKind::stored_session) << found.at(respond_field::code);
    const std::string json = found.at(stored_session_field::session);
    return json.empty() ? Json() : Json::parse(json);
  }

  Core core_;
  std::string cookie_;
  std::int64_t now_ = kNow;
  char entropy_ = 'e';
};

TEST_F(OwnSessionFlow, ASignInBeginsOne) {
  configure();
  const StepCase done = sign_in();
  EXPECT_EQ(done.headers(respond_field::header_0, "location").at(0), "/welcome#");
  EXPECT_EQ(done.headers(respond_field::header_0, "pragma").size(), 1u) << "no proxy keeps it";
  take_cookies(done.headers(respond_field::header_0, "set-cookie"));
  const StepCase found = ask(Operation::get_session, request("/"));
  const Json session = session_of(found);
  EXPECT_EQ(session.at("provider"), "work");
  EXPECT_EQ(session.at("created"), kNow);
  EXPECT_EQ(session.at("expires"), kNow + kIdle);
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
  now_ = kNow + 9;
  EXPECT_EQ(ask(Operation::get_session, request("/")).fields.size(), stored_session_field::set_cookie_0);
  for (std::int64_t seconds = 90; seconds < 1000; seconds += 90) {
    now_ = kNow + seconds;
    const StepCase found = ask(Operation::get_session, request("/"));
    const Json session = session_of(found);
    ASSERT_FALSE(session.is_null()) << seconds;
    EXPECT_EQ(session.at("created"), kNow);
    EXPECT_EQ(session.at("expires"), kNow + std::min<std::int64_t>(seconds + 100, 1000));
    take_cookies({found.at(stored_session_field::set_cookie_0)});
  }
  now_ = kNow + 1000;
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
  take_cookies({found.at(stored_session_field::set_cookie_0)});
  const StepCase again = ask(Operation::get_session, request("/"));
  ASSERT_FALSE(session_of(again).is_null());
  EXPECT_EQ(again.at(stored_session_field::set_cookie_0), "");
}

TEST_F(OwnSessionFlow, TheAppChangesItsData) {
  configure();
  signed_in();
  now_ = kNow + 5;
  RequestCase change = request("/");
  change.fields[RequestField::data] = R"({"cart":[1]})";
  const StepCase changed = ask(Operation::update_session, change);
  EXPECT_EQ(session_of(changed).at("data"), Json::parse(R"({"cart":[1]})"));
  take_cookies({changed.at(stored_session_field::set_cookie_0)});
  const Json session = session_of(ask(Operation::get_session, request("/")));
  EXPECT_EQ(session.at("data"), Json::parse(R"({"cart":[1]})"));
  EXPECT_EQ(session.at("created"), kNow);
  EXPECT_EQ(session.at("expires"), kNow + 5 + kIdle);

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
}

TEST_F(OwnSessionFlow, SigningOutEndsIt) {
  configure();
  signed_in();
  RequestCase out = request("/auth/sign-out");
  out.fields[RequestField::method] = "POST";
  const StepCase done = serve(core_, Route::sign_out, out);
  const auto lines = done.headers(respond_field::header_0, "set-cookie");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=; Path=/; Max-Age=0;")) << lines[0];
  EXPECT_EQ(done.headers(respond_field::header_0, "pragma").size(), 1u);
}

TEST_F(OwnSessionFlow, APageAsksForIt) {
  configure();
  EXPECT_EQ(serve(core_, Route::none, request("/auth/session")).at(respond_field::body), "null");
  signed_in();
  const StepCase shown = serve(core_, Route::none, request("/auth/session/"));
  EXPECT_EQ(shown.at(respond_field::route), "session");
  EXPECT_EQ(shown.at(respond_field::status), "200");
  EXPECT_EQ(shown.at(respond_field::log), "") << "no event";
  EXPECT_EQ(Json::parse(shown.at(respond_field::body)).at("provider"), "work");
  EXPECT_EQ(shown.headers(respond_field::header_0, "content-type").at(0), "application/json");
  EXPECT_EQ(shown.headers(respond_field::header_0, "x-content-type-options").at(0), "nosniff");
  EXPECT_NE(shown.headers(respond_field::header_0, "cache-control").at(0).find("no-store"), std::string::npos);
  now_ = kNow + kIdle / 2;
  EXPECT_EQ(serve(core_, Route::none, request("/auth/session")).headers(respond_field::header_0, "set-cookie").size(),
            1u)
      << "asking renews it";

  RequestCase other = request("/auth/session");
  other.headers[RequestHeader::sec_fetch_site] = "same-site";
  EXPECT_EQ(serve(core_, Route::none, other).at(respond_field::code), "csrf");
  RequestCase post = request("/auth/session");
  post.fields[RequestField::method] = "POST";
  EXPECT_EQ(serve(core_, Route::none, post).at(respond_field::code), "method_not_allowed");
  RequestCase head = request("/auth/session");
  head.fields[RequestField::method] = "HEAD";
  EXPECT_EQ(serve(core_, Route::none, head).at(respond_field::status), "204");
  configure({}, "false");
  EXPECT_TRUE(serve(core_, Route::none, request("/auth/session")).fields.empty()) << "no route of ours";
}

TEST_F(OwnSessionFlow, AProtectedPageLetsPeopleIn) {
  configure();
  signed_in();
  const StepCase in = ask(Operation::require_session, request("/account"));
  EXPECT_EQ(session_of(in).at("provider"), "work");
  RequestCase post = request("/account");
  post.fields[RequestField::method] = "POST";
  post.headers[RequestHeader::origin] = "https://app.example";
  EXPECT_EQ(ask(Operation::require_session, post).kind(), StepKind::stored_session);
  post.headers[RequestHeader::origin] = "https://evil.example";
  const StepCase refused = ask(Operation::require_session, post);
  EXPECT_EQ(refused.at(respond_field::status), "403");
  EXPECT_EQ(refused.at(respond_field::code), "csrf");
}

TEST_F(OwnSessionFlow, AProtectedPageSendsOthersToSignIn) {
  configure();
  const auto location_of = [&](RequestCase visit) {
    visit.headers[RequestHeader::sec_fetch_mode] = "navigate";
    const StepCase step = ask(Operation::require_session, visit);
    EXPECT_EQ(step.at(respond_field::status), "303");
    EXPECT_EQ(step.at(respond_field::code), "session_missing");
    return step.headers(respond_field::header_0, "location").at(0);
  };
  EXPECT_EQ(location_of(request("/account?a=1&b=2")), "/auth/sign-in?next=%2Faccount%3Fa%3D1%26b%3D2#");
  EXPECT_EQ(location_of(request("//evil.example")), "/auth/sign-in#") << "no next that leads away";
  RequestCase head = request("/account");
  head.fields[RequestField::method] = "HEAD";
  EXPECT_EQ(location_of(head), "/auth/sign-in?next=%2Faccount#");
  RequestCase post = request("/account");
  post.fields[RequestField::method] = "POST";
  EXPECT_EQ(location_of(post), "/auth/sign-in#") << "a form cannot be opened again";
  configure(R"(,"paths":{"signInPage":"/login?lang=en"})");
  EXPECT_EQ(location_of(request("/account")), "/login?lang=en&next=%2Faccount#");
}

TEST_F(OwnSessionFlow, AScriptGetsA401) {
  configure();
  const auto status_of = [&](const std::string& mode, const std::string& accept) {
    RequestCase visit = request("/api");
    visit.headers[RequestHeader::sec_fetch_mode] = mode;
    visit.headers[RequestHeader::accept] = accept;
    return ask(Operation::require_session, visit).at(respond_field::status);
  };
  EXPECT_EQ(status_of("cors", "text/html"), "401");
  EXPECT_EQ(status_of("no-cors", "text/html"), "401");
  EXPECT_EQ(status_of("", "application/json"), "401");
  EXPECT_EQ(status_of("same-origin", "*/*"), "401");
  EXPECT_EQ(status_of("same-origin", "text/html,*/*"), "303") << "a service worker that passes a page on";
  EXPECT_EQ(status_of("", "text/html"), "303") << "a browser without Fetch Metadata";
  const StepCase step = ask(Operation::require_session, request("/api"));
  EXPECT_EQ(Json::parse(step.at(respond_field::body)), (Json{{"error", "session_missing"}}));
  EXPECT_EQ(step.headers(respond_field::header_0, "www-authenticate").size(), 1u);
}

TEST_F(OwnSessionFlow, OnAnUnknownHostNobodyIsSignedIn) {
  handle(core_, Operation::configure,
         {R"({"secret":"0123456789abcdef0123456789abcdef","session":true,"providers":{)" +
          provider("work", kEndpoints) + "}}"});
  EXPECT_TRUE(session_of(ask(Operation::get_session, request("/"))).is_null());
  EXPECT_EQ(ask(Operation::require_session, request("/")).at(respond_field::code), "origin_required");
}

TEST_F(OwnSessionFlow, WithoutTheOptionItIsSaid) {
  configure({}, "false");
  EXPECT_TRUE(session_of(ask(Operation::get_session, request("/"))).is_null());
  for (const Operation operation : {Operation::update_session, Operation::require_session})
    EXPECT_EQ(ask(operation, request("/")).at(respond_field::code), "session_off");
}

TEST_F(OwnSessionFlow, ItsOptionsAreChecked) {
  const auto refused = [&](const std::string& session, const std::string& secret) {
    const auto step =
        handle(core_, Operation::configure,
               {"{" + secret + R"("session":)" + session + R"(,"providers":{)" + provider("work", kEndpoints) + "}}"});
    return step.at(0) == std::to_string(static_cast<int>(StepKind::refused))
               ? step.at(refused_field::parameter) + " " + step.at(refused_field::problem)
               : "";
  };
  const std::string secret = R"("secret":"0123456789abcdef0123456789abcdef",)";
  EXPECT_EQ(refused("true", ""), "secret missing");
  EXPECT_EQ(refused("true", R"("secret":null,)"), "") << "it may come yet";
  EXPECT_EQ(refused("false", secret), "");
  EXPECT_EQ(refused("null", secret), "");
  EXPECT_EQ(refused("1", secret), "session type");
  EXPECT_EQ(refused(R"({"maxAge":0})", secret), "session.maxAge value");
  EXPECT_EQ(refused(R"({"maxAge":34560001})", secret), "session.maxAge value");
  EXPECT_EQ(refused(R"({"maxAge":34560000})", secret), "");
  EXPECT_EQ(refused(R"({"idle":1.5})", secret), "session.idle value");
  EXPECT_EQ(refused(R"({"idle":"1"})", secret), "session.idle type");
  EXPECT_EQ(refused(R"({"name":"a b"})", secret), "session.name value");
  EXPECT_EQ(refused(R"({"domain":"a;b"})", secret), "session.domain value");
  EXPECT_EQ(refused(R"({"sameSite":"some"})", secret), "session.sameSite value");
  EXPECT_EQ(refused(R"({"ttl":1})", secret), "session.ttl unknown");
}

}  // namespace
}  // namespace landfall
