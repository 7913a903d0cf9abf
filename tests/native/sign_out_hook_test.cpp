#include "supabase_case.hpp"

namespace landfall {
namespace {

constexpr const char* kHookMetadata =
    R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
    R"("token_endpoint":"https://as.example/token","jwks_uri":"https://as.example/jwks",)"
    R"("revocation_endpoint":"https://as.example/revoke"})";

/// An app with an onSignOut, with Supabase and with direct providers.
class SignOutHook : public SupabaseCase {
 protected:
  void SetUp() override {
    configure(Json::object(),
              {{"onSignOut", true},
               {"providers",
                {{"plain",
                  {{"clientId", "client-1"},
                   {"clientSecret", "s"},
                   {"authorizationEndpoint", "https://plain.example/authorize"},
                   {"tokenEndpoint", "https://plain.example/token"},
                   {"revocationEndpoint", "https://plain.example/revoke"}}},
                 {"openid", {{"clientId", "client-1"}, {"clientSecret", "s"}, {"issuer", "https://as.example"}}},
                 {"unset", {{"clientId", nullptr}, {"issuer", "https://as.example"}}}}}});
    jar[std::string(kKey)] = as_cookie(kSessionJson);
    jar["unrelated"] = "1";
  }

  StepCase sign_out() { return request(Route::none, "/auth/sign-out?next=%2Fbye", "POST"); }

  /// As far as the question to the app; `status` is the logout's.
  StepCase sign_out_as_far_as_the_hook(int status = 204) {
    const StepCase logout = sign_out();
    EXPECT_EQ(logout.at(fetch_field::url), std::string(kApi) + "/logout?scope=global");
    const StepCase ask = answer(logout, "", status);
    EXPECT_EQ(ask.kind(), StepKind::sign_out);
    return ask;
  }

  void expect_done(const StepCase& done, const std::string& code, const std::string& target = "/bye#") {
    ASSERT_EQ(done.kind(), StepKind::respond);
    EXPECT_EQ(done.at(respond_field::code), code);
    EXPECT_EQ(done.at(respond_field::route), "sign_out");
    EXPECT_EQ(location(done), target);
    expect_session_headers(done);
    const auto before = jar;
    follow(done);
    EXPECT_EQ(cookie_header(), "unrelated=1") << "the person is signed out here, whatever others said";
    jar = before;
  }

  /// The same request again, with what the hook said still in it, as a host keeps it.
  StepCase hook_and_stay(const StepCase& step, const HookCase& said) {
    held_ = {.fields = {{RequestField::now, std::to_string(now)},
                        {RequestField::method, "POST"},
                        {RequestField::url, "https://app.example/auth/sign-out?next=%2Fbye"}},
             .headers = {{RequestHeader::host, "app.example"}, {RequestHeader::cookie, cookie_header()}}};
    return take_hook(core, held_, step, said);
  }

  StepCase go_on(const StepCase& step, const std::string& body, const std::string& status,
                 const std::string& failure = {}) {
    RequestCase next = held_;
    next.fields[RequestField::resume] = step.at(fetch_field::resume);
    next.fields[RequestField::status] = status;
    next.fields[RequestField::failure] = failure;
    next.fields[RequestField::content_type] = "application/json";
    next.fields[RequestField::answer] = body;
    return {handle(core, Operation::serve, next.list())};
  }

 private:
  RequestCase held_;
};

TEST_F(SignOutHook, ComesOnceSupabasesSessionHasEnded) {
  expect_done(accept(sign_out_as_far_as_the_hook()), "");
  // Also where there was nothing to end, or where it could not be ended.
  expect_done(accept(sign_out_as_far_as_the_hook(500)), "revocation_failed");
  jar.erase(std::string(kKey));
  const StepCase ask = sign_out();
  ASSERT_EQ(ask.kind(), StepKind::sign_out);
  expect_done(accept(ask), "");
}

TEST_F(SignOutHook, IsNotAskedForWhatIsNoSignOut) {
  EXPECT_EQ(request(Route::sign_out, "/auth/sign-out").at(respond_field::code), "method_not_allowed");
  EXPECT_EQ(request(Route::sign_out, "/auth/sign-out", "POST", {{RequestHeader::origin, "https://evil.example"}})
                .at(respond_field::code),
            "csrf");
  EXPECT_EQ(request(Route::sign_out, "/auth/sign-out", "HEAD").at(respond_field::status), "204");
}

TEST_F(SignOutHook, ARefusalIsAFailure) {
  const StepCase refused = hook(sign_out_as_far_as_the_hook(), {.is_refused = true, .redirect = "/never"});
  expect_failure(refused, "sign_out_failed");
  EXPECT_EQ(refused.at(respond_field::route), "sign_out");
  EXPECT_TRUE(set_cookies(refused).empty()) << "the person can press the button again";
}

TEST_F(SignOutHook, MayLeadElsewhere) {
  const StepCase ask = sign_out_as_far_as_the_hook();
  expect_done(hook(ask, {.redirect = "/gone?a"}), "", "/gone?a#");
  expect_done(hook(ask, {.redirect = "https://other.example/x#y"}), "", "https://other.example/x#y");
  for (const char* redirect : {"//evil.example", "http://evil.example/", "x", "https://u:p@evil.example/"}) {
    const StepCase refused = hook(ask, {.redirect = redirect});
    expect_failure(refused, "sign_out_failed");
    EXPECT_EQ(refused.at(respond_field::parameter), "redirect") << redirect;
  }
}

TEST_F(SignOutHook, RevokesWithoutMetadata) {
  const StepCase revoke = hook_and_stay(
      sign_out_as_far_as_the_hook(),
      {.redirect = "/gone", .revoke_provider = "plain", .revoke_token = "t&1", .token_type_hint = "refresh_token"});
  ASSERT_EQ(revoke.kind(), StepKind::fetch);
  EXPECT_EQ(revoke.at(fetch_field::method), "POST");
  EXPECT_EQ(revoke.at(fetch_field::url), "https://plain.example/revoke");
  EXPECT_EQ(parameter_of(revoke.at(fetch_field::body), "token"), "t&1");
  EXPECT_EQ(parameter_of(revoke.at(fetch_field::body), "token_type_hint"), "refresh_token");
  const StepCase done = go_on(revoke, "", "200");
  expect_done(done, "", "/gone#");
  EXPECT_EQ(done.at(respond_field::provider), "plain");
  expect_done(go_on(revoke, "", "503"), "revocation_failed", "/gone#");
  expect_done(go_on(revoke, "", "", "timeout"), "revocation_failed", "/gone#");
  expect_done(go_on(revoke, "", "200", "too_large"), "revocation_failed", "/gone#");
}

TEST_F(SignOutHook, RevokesWithMetadata) {
  const StepCase metadata =
      hook_and_stay(sign_out_as_far_as_the_hook(), {.revoke_provider = "openid", .revoke_token = "t"});
  ASSERT_EQ(metadata.kind(), StepKind::fetch);
  EXPECT_EQ(metadata.at(fetch_field::url), "https://as.example/.well-known/openid-configuration");
  EXPECT_EQ(metadata.at(fetch_field::max_age), std::to_string(kMetadataMaxAgeSeconds));
  const StepCase revoke = go_on(metadata, kHookMetadata, "200");
  ASSERT_EQ(revoke.kind(), StepKind::fetch);
  EXPECT_EQ(revoke.at(fetch_field::keep), "1") << "the metadata is good";
  EXPECT_EQ(revoke.at(fetch_field::url), "https://as.example/revoke");
  EXPECT_EQ(revoke.at(fetch_field::max_age), "0");
  const StepCase done = go_on(revoke, "", "200");
  expect_done(done, "");
  EXPECT_EQ(done.at(respond_field::keep), "");

  // Metadata that names no such endpoint is good too, and there is nothing to ask.
  Json without = Json::parse(kHookMetadata);
  without.erase("revocation_endpoint");
  const StepCase nothing = go_on(metadata, without.dump(), "200");
  expect_done(nothing, "");
  EXPECT_EQ(nothing.at(respond_field::keep), "1");
  const StepCase other = go_on(metadata, R"({"issuer":"https://evil.example"})", "200");
  expect_done(other, "discovery_issuer");
  EXPECT_EQ(other.at(respond_field::keep), "");
  expect_done(go_on(metadata, "", "503"), "discovery_unavailable");
  expect_done(go_on(metadata, "", "", "network"), "discovery_unavailable");
}

TEST_F(SignOutHook, RevokesNothingOfAProviderThatIsNotThere) {
  const StepCase ask = sign_out_as_far_as_the_hook();
  for (const char* provider : {"", "nobody", "bitbucket", "unset"})
    expect_done(hook(ask, {.revoke_provider = provider, .revoke_token = "t"}), "");
  // Without a token there is nothing to revoke.
  for (const char* provider : {"plain", "openid"}) expect_done(hook(ask, {.revoke_provider = provider}), "");
}

TEST_F(SignOutHook, TheFirstFailureIsKept) {
  const StepCase ask = sign_out_as_far_as_the_hook(500);
  const StepCase revoke = hook_and_stay(ask, {.revoke_provider = "plain", .revoke_token = "t"});
  expect_done(go_on(revoke, "", "200"), "revocation_failed");
  expect_done(go_on(revoke, "", "503"), "revocation_failed");
  expect_done(hook(ask, {.redirect = "/gone"}), "revocation_failed", "/gone#");
}

TEST_F(SignOutHook, AnAppWithoutOneIsNotAsked) {
  configure();
  const StepCase done = answer(sign_out(), "", 204);
  EXPECT_EQ(done.kind(), StepKind::respond);
  EXPECT_EQ(done.at(respond_field::code), "");
}

}  // namespace
}  // namespace landfall
