#include "callback_case.hpp"

namespace landfall {
namespace {

/// Which requests are ours, and whose.
class Serve : public CallbackCase {
 protected:
  static constexpr const char* kSupabase = R"("supabase":{"url":"https://abc.supabase.co","key":"anon"},)";

  void configure_with(const std::string& more, const std::string& providers = provider("work", kEndpoints)) {
    const auto step = handle(core_, Operation::configure, {"{" + more + options(providers).substr(1)});
    ASSERT_EQ(step.at(0), std::to_string(static_cast<int>(StepKind::ready))) << step.at(refused_field::parameter);
  }

  /// The route that answers, by its name; "none" where the request is not ours. The request only looks ahead, so that
  /// every route answers at once.
  std::string route_of(const std::string& path, const std::string& route = {}, const std::string& method = "GET") {
    const RequestCase request = complete({.fields = {{RequestField::url, "https://app.example" + path},
                                                     {RequestField::route, route},
                                                     {RequestField::method, method}},
                                          .headers = {{RequestHeader::sec_purpose, "prefetch"}}});
    const StepCase step{handle(core_, Operation::serve, request.list())};
    if (step.fields.empty()) return "none";
    EXPECT_EQ(step.kind(), StepKind::respond);
    return step.at(respond_field::route);
  }
};

const std::vector<std::pair<std::string, std::string>> kRoutes = {
    {"/auth/sign-in", "sign_in"},   {"/auth/callback", "callback"}, {"/auth/callback/work", "callback"},
    {"/auth/sign-out", "sign_out"}, {"/auth/confirm", "confirm"},   {"/auth/auth-code-error", "error"}};

TEST_F(Serve, EveryRouteWithAndWithoutASlash) {
  configure_with(kSupabase);
  for (const auto& [path, route] : kRoutes)
    for (const char* rest : {"", "/", "?a=b", "/?a=b"}) EXPECT_EQ(route_of(path + rest), route) << path << rest;
}

TEST_F(Serve, AnotherSpellingIsNotOurs) {
  configure_with(kSupabase);
  for (const auto& [path, route] : kRoutes) {
    std::string upper = path;
    upper[1] = 'A';
    std::string encoded = path;
    encoded.replace(encoded.size() - 1, 1, "%" + std::string(path.ends_with('k') ? "6b" : "6e"));
    for (const std::string& other : {upper, encoded, path + "//", path + "/x", path + ";x", path + "x", "/" + path,
                                     "/." + path, path + "/.", path + "%2F", path.substr(0, path.size() - 1)})
      EXPECT_EQ(route_of(other), "none") << other;
  }
  for (const char* path : {"", "/", "/auth", "/auth/", "/other", "/auth/callback/other", "/auth\\sign-in"})
    EXPECT_EQ(route_of(path), "none") << path;
}

TEST_F(Serve, ConfirmIsARouteOnlyWithSupabase) {
  configure_with("");
  EXPECT_EQ(route_of("/auth/confirm"), "none");
  EXPECT_EQ(route_of("/auth/callback"), "callback");
  // A host that has a handler for it gets an answer all the same.
  const StepCase step =
      run(Route::confirm, {.fields = {{RequestField::url, "https://app.example/auth/confirm"}}, .headers = {}});
  ASSERT_EQ(step.kind(), StepKind::respond);
  EXPECT_EQ(step.at(respond_field::code), "config_invalid");
  EXPECT_EQ(step.at(respond_field::route), "confirm");
  configure_with(R"("supabase":{"url":null,"key":"anon"},)");
  EXPECT_EQ(route_of("/auth/confirm"), "confirm") << "where it is only not set up yet, it says so";
}

TEST_F(Serve, SessionIsARouteOnlyWithASession) {
  configure_with("");
  EXPECT_EQ(route_of("/auth/session"), "none");
  configure_with(R"("session":true,)");
  EXPECT_EQ(route_of("/auth/session"), "session");
  EXPECT_EQ(route_of("/auth/other"), "none");
}

TEST_F(Serve, PathsOfTheApp) {
  configure_with(std::string(kSupabase) +
                     R"("paths":{"signIn":"/login/","callback":"/back","signOut":"/logout","confirm":"/mail",)"
                     R"("error":"/oops?from=auth"},)",
                 provider("work", kEndpoints + R"(,"callback":"/from/afar")") + "," + provider("other", kEndpoints));
  for (const auto& [path, route] : std::vector<std::pair<std::string, std::string>>{{"/login", "sign_in"},
                                                                                    {"/login/", "sign_in"},
                                                                                    {"/back", "callback"},
                                                                                    {"/from/afar", "callback"},
                                                                                    {"/from/afar/", "callback"},
                                                                                    {"/back/other", "callback"},
                                                                                    {"/back/work", "none"},
                                                                                    {"/logout", "sign_out"},
                                                                                    {"/mail/", "confirm"}})
    EXPECT_EQ(route_of(path), route) << path;
  for (const auto& [path, route] : kRoutes) EXPECT_EQ(route_of(path), "none") << path;
}

TEST_F(Serve, BelowABasePathWithAndWithoutIt) {
  configure_with(std::string(kSupabase) + R"("basePath":"/shop",)");
  for (const auto& [path, route] : kRoutes)
    for (const char* rest : {"", "/", "?a=b"}) {
      EXPECT_EQ(route_of("/shop" + path + rest), route) << path << rest;
      EXPECT_EQ(route_of(path + rest), route) << "a framework has taken the base from it: " << path << rest;
      EXPECT_EQ(route_of("/shop/shop" + path + rest), "none");
      EXPECT_EQ(route_of("/shopping" + path + rest), "none");
    }
  for (const char* root : {"/", "/shop", "/shop/"})
    EXPECT_EQ(route_of(std::string(root) + "?error=access_denied&error_code=otp_expired"), "callback") << root;
  EXPECT_EQ(route_of("/shop/x?error=access_denied&error_code=otp_expired"), "none");
}

// A host that sends no relative Location makes it absolute with this origin.
TEST_F(Serve, TheAnswerTellsThePublicOrigin) {
  const auto origin_of = [&](const std::string& url, const std::string& host) {
    const StepCase step = run(Route::none, {.fields = {{RequestField::url, url + "/auth/sign-in?provider=nobody"}},
                                            .headers = {{RequestHeader::host, host}}});
    return step.at(respond_field::origin);
  };
  configure_with("");
  EXPECT_EQ(origin_of("http://10.0.0.1:8080", "10.0.0.1:8080"), "https://app.example");
  const std::string config =
      R"({"secret":"0123456789abcdef0123456789abcdef","origin":{"trustedHosts":["*.app.example"]},)"
      R"("providers":{)" +
      provider("work", kEndpoints) + "}}";
  handle(core_, Operation::configure, {config});
  EXPECT_EQ(origin_of("https://a.app.example", "a.app.example"), "https://a.app.example");
  EXPECT_EQ(origin_of("https://evil.example", "evil.example"), "") << "what nobody trusts names no address";
}

TEST_F(Serve, AnErrorPageOfTheAppIsTheApps) {
  configure_with(R"("paths":{"error":"/oops"},)");
  EXPECT_EQ(route_of("/oops"), "none");
  EXPECT_EQ(route_of("/auth/auth-code-error"), "none");
  EXPECT_EQ(route_of("/oops", "error"), "error") << "a host may call ours";
  configure_with("");
  EXPECT_EQ(route_of("/auth/auth-code-error"), "error");
}

TEST_F(Serve, WhatSupabaseSendsToTheRootIsForTheCallback) {
  const std::string arrival = "/?error=access_denied&error_code=otp_expired";
  configure_with(kSupabase);
  EXPECT_EQ(route_of(arrival), "callback");
  EXPECT_EQ(route_of(arrival, {}, "POST"), "none");
  EXPECT_EQ(route_of(arrival, {}, "HEAD"), "none");
  EXPECT_EQ(route_of("/x" + arrival.substr(1)), "none");
  EXPECT_EQ(route_of("/"), "none");
  configure_with("");
  EXPECT_EQ(route_of(arrival), "none") << "nobody sends it without Supabase";
  ASSERT_EQ(handle(core_, Operation::configure,
                   {std::string("{") + kSupabase + R"("secret":null,"origin":"https://app.example"})"})
                .at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  EXPECT_EQ(route_of(arrival), "none") << "an app that is not set up keeps its own first page";
}

TEST_F(Serve, ANamedRouteIsServedAtAnyPath) {
  configure_with(kSupabase);
  for (const char* path : {"/", "/elsewhere", "/auth/sign-out", "/auth/callback/work"})
    for (const char* route : {"sign_in", "callback", "sign_out", "confirm", "error"})
      EXPECT_EQ(route_of(path, route), route) << path;
  for (const char* route : {"nobody", "SIGN_IN", "sign-in", "sign_in ", "respond"})
    EXPECT_EQ(route_of("/auth/sign-in", route), "none") << route;
}

TEST_F(Serve, BeforeItIsConfiguredNothingIsKnown) {
  EXPECT_EQ(route_of("/auth/sign-in"), "sign_in");
  EXPECT_EQ(route_of("/auth/confirm"), "none");
  EXPECT_EQ(route_of("/"), "none");
  const StepCase step = run(
      Route::none, {.fields = {{RequestField::url, "https://app.example/auth/sign-in?provider=work"}}, .headers = {}});
  EXPECT_EQ(step.at(respond_field::code), "provider_unknown");
}

TEST_F(Serve, AnAnswerToHeadHasNoBody) {
  configure_with(kSupabase);
  for (const char* path : {"/auth/sign-in?provider=nobody", "/auth/callback", "/auth/sign-out", "/auth/confirm",
                           "/auth/auth-code-error"}) {
    const StepCase step =
        run(Route::none,
            {.fields = {{RequestField::url, std::string("https://app.example") + path}, {RequestField::method, "HEAD"}},
             .headers = {}});
    ASSERT_EQ(step.kind(), StepKind::respond) << path;
    EXPECT_EQ(step.at(respond_field::body), "") << path;
  }
}

TEST_F(Serve, ABodyIsReadWhereOneIsExpectedAlone) {
  configure_with(kSupabase,
                 provider("work", kEndpoints) + "," + provider("posts", kEndpoints + R"(,"responseMode":"form_post")"));
  const std::string form = "application/x-www-form-urlencoded";
  const auto first = [&](const std::string& path, const std::string& method, const std::string& type,
                         const std::string& origin = "https://app.example") {
    const RequestCase request =
        complete({.fields = {{RequestField::url, "https://app.example" + path}, {RequestField::method, method}},
                  .headers = {{RequestHeader::content_type, type}, {RequestHeader::origin, origin}}});
    return StepCase{handle(core_, Operation::serve, request.list())};
  };
  for (const char* path : {"/auth/callback/posts", "/auth/confirm", "/auth/sign-in"}) {
    const StepCase step = first(path, "POST", form + "; charset=UTF-8");
    ASSERT_EQ(step.kind(), StepKind::body) << path;
    EXPECT_EQ(step.at(body_field::max_bytes), std::to_string(kMaxFormBodyBytes));
    EXPECT_EQ(step.at(body_field::resume), "");
    EXPECT_EQ(first(path, "POST", "text/plain").at(respond_field::code), "content_type") << path;
    EXPECT_NE(first(path, "GET", form).kind(), StepKind::body) << path;
  }
  EXPECT_EQ(first("/auth/confirm", "POST", form, "https://evil.example").at(respond_field::code), "csrf");
  EXPECT_EQ(first("/auth/callback/work", "POST", form).at(respond_field::code), "method_not_allowed");
  EXPECT_EQ(first("/auth/callback", "POST", form).at(respond_field::code), "method_not_allowed");
  EXPECT_NE(first("/auth/sign-out", "POST", form).kind(), StepKind::body);
  // An empty body was read too: it is not asked for again.
  RequestCase empty = complete(
      {.fields = {{RequestField::url, "https://app.example/auth/callback/posts"}, {RequestField::method, "POST"}},
       .headers = {{RequestHeader::content_type, form}}});
  EXPECT_EQ(serve(core_, Route::none, empty).at(respond_field::code), "response_missing");
}

TEST_F(Serve, AWrongMethodIsToldTheRightOnes) {
  configure_with(kSupabase);
  for (const auto& [path, allow] : std::vector<std::pair<std::string, std::string>>{{"/auth/sign-in", "GET, POST"},
                                                                                    {"/auth/callback", "GET, POST"},
                                                                                    {"/auth/sign-out", "POST"},
                                                                                    {"/auth/confirm", "GET, POST"},
                                                                                    {"/auth/auth-code-error", "GET"}}) {
    const StepCase step = run(
        Route::none, {.fields = {{RequestField::url, "https://app.example" + path}, {RequestField::method, "PATCH"}},
                      .headers = {}});
    EXPECT_EQ(step.at(respond_field::status), "405") << path;
    EXPECT_EQ(step.headers(respond_field::header_0, "allow"), std::vector<std::string>{allow}) << path;
  }
}

}  // namespace
}  // namespace landfall
