#include "own_session_flow_case.hpp"

namespace landfall {
namespace {

using RequireSession = OwnSessionFlowCase;

TEST_F(RequireSession, APageAsksForIt) {
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
  now_ = kSignedInAt + kWeek / 2;
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

TEST_F(RequireSession, AProtectedPageLetsPeopleIn) {
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

TEST_F(RequireSession, AProtectedPageSendsOthersToSignIn) {
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
  configure(R"(,"basePath":"/shop")");
  EXPECT_EQ(location_of(request("/shop/account")), "/shop/auth/sign-in?next=%2Fshop%2Faccount#");
  configure(R"(,"paths":{"signInPage":"/login?lang=en"})");
  EXPECT_EQ(location_of(request("/account")), "/login?lang=en&next=%2Faccount#");
}

TEST_F(RequireSession, AScriptGetsA401) {
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

TEST_F(RequireSession, OnAnUnknownHostNobodyIsSignedIn) {
  handle(core_, Operation::configure,
         {R"({"secret":"0123456789abcdef0123456789abcdef","session":true,"providers":{)" +
          provider("work", kEndpoints) + "}}"});
  EXPECT_TRUE(session_of(ask(Operation::get_session, request("/"))).is_null());
  EXPECT_EQ(ask(Operation::require_session, request("/")).at(respond_field::code), "origin_required");
  RequestCase post = request("/");
  post.fields[RequestField::method] = "POST";
  EXPECT_EQ(ask(Operation::require_session, post).at(respond_field::code), "origin_required");
  EXPECT_EQ(serve(core_, Route::none, request("/auth/session")).at(respond_field::code), "origin_required");
  RequestCase create = request("/login");
  create.fields[RequestField::user] = R"({"provider":"password","sub":"7"})";
  EXPECT_EQ(ask(Operation::create_session, create).at(respond_field::code), "origin_required");
}

/// The `resume` of a stage, as the core would write it.
std::string resume_of(Stage stage) {
  Memory memory;
  const MemoryScope scope(memory);
  Pending pending;
  pending[Pending::next] = "/welcome";
  return std::string(build_resume(pending, stage).view());
}

// A host that goes on with another request than the one that the core asked about.
TEST_F(RequireSession, OnAnUnknownHostNothingGoesOn) {
  handle(core_, Operation::configure,
         {R"({"secret":"0123456789abcdef0123456789abcdef","session":true,"onSession":true,"providers":{)" +
          provider("work", kEndpoints) + "}}"});
  RequestCase ended = request("/");
  ended.fields[RequestField::resume] = resume_of(Stage::revoked);
  ended.fields[RequestField::status] = "1";
  EXPECT_EQ(ask(Operation::require_session, ended).at(respond_field::code), "origin_required");
  RequestCase taken = request("/auth/callback/work");
  taken.headers[RequestHeader::cookie] = "__Host-landfall-session=1";
  taken.fields[RequestField::resume] = resume_of(Stage::session);
  const StepCase done = serve(core_, Route::callback, taken);
  EXPECT_EQ(done.headers(respond_field::header_0, "location"), std::vector<std::string>{"/welcome#"});
  EXPECT_TRUE(done.headers(respond_field::header_0, "set-cookie").empty());
}

TEST_F(RequireSession, OnAnUnknownHostNothingOfSupabaseGoesOn) {
  handle(core_, Operation::configure, {R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"}})"});
  RequestCase renewed = request("/");
  renewed.fields[RequestField::resume] = resume_of(Stage::renew_session);
  renewed.fields[RequestField::status] = "400";
  EXPECT_EQ(ask(Operation::get_user, renewed).at(respond_field::code), "origin_required");
}

TEST_F(RequireSession, WhatIsNotSetIsSaid) {
  handle(core_, Operation::configure,
         {R"({"secret":null,"origin":"https://app.example","session":true,"providers":{)" +
          provider("work", kEndpoints) + "}}"});
  const StepCase step = ask(Operation::get_user, request("/"));
  EXPECT_EQ(step.at(respond_field::code), "config_missing");
  EXPECT_EQ(step.at(respond_field::parameter), "secret");
}

TEST_F(RequireSession, AStageOfSupabaseIsNobodysWithoutIt) {
  configure();
  signed_in();
  RequestCase renewed = request("/");
  renewed.fields[RequestField::resume] = resume_of(Stage::renew_session);
  renewed.fields[RequestField::status] = "200";
  renewed.fields[RequestField::content_type] = "application/json";
  renewed.fields[RequestField::answer] =
      R"({"access_token":"at","token_type":"bearer","expires_in":3600,"refresh_token":"rt","user":{"id":"u"}})";
  EXPECT_TRUE(session_of(ask(Operation::get_user, renewed)).is_null());
}

TEST_F(RequireSession, WithoutTheOptionItIsSaid) {
  configure({}, "false");
  EXPECT_TRUE(session_of(ask(Operation::get_session, request("/"))).is_null());
  for (const Operation operation : {Operation::update_session, Operation::require_session})
    EXPECT_EQ(ask(operation, request("/")).at(respond_field::code), "session_off");
  EXPECT_EQ(serve(core_, Route::session, request("/session")).at(respond_field::code), "session_off")
      << "an app may serve the route itself";
}

TEST_F(RequireSession, ItsOptionsAreChecked) {
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
  const std::string at = secret + R"("origin":"https://www.app.example:8443",)";
  for (const char* domain : {"www.app.example", "app.example", ".app.example", "APP.example"})
    EXPECT_EQ(refused(R"({"domain":")" + std::string(domain) + "\"}", at), "") << domain;
  for (const char* domain : {"app.example.evil", "pp.example", "a.www.app.example", "other.example"}) {
    EXPECT_EQ(refused(R"({"domain":")" + std::string(domain) + "\"}", at), "session.domain value") << domain;
    EXPECT_EQ(refused(R"({"domain":")" + std::string(domain) + "\"}", secret), "") << "the origin is not fixed";
  }
  EXPECT_EQ(refused(R"({"sameSite":"some"})", secret), "session.sameSite value");
  EXPECT_EQ(refused(R"({"ttl":1})", secret), "session.ttl unknown");
}

}  // namespace
}  // namespace landfall
