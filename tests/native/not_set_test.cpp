#include "callback_case.hpp"

namespace landfall {
namespace {

using NotSet = CallbackCase;

TEST_F(NotSet, AnOptionWithoutAValueBlocksItsProviderAlone) {
  configure(R"("unset":{"clientId":null,)" + kEndpoints + "}," + provider("work", kEndpoints));
  begin();
  EXPECT_EQ(run(Route::callback, answer("")).kind(), StepKind::fetch);
  RequestCase sign_in{.fields = {{RequestField::url, "/auth/sign-in?provider=unset&next=%2Fa"}}, .headers = {}};
  RequestCase back{.fields = {{RequestField::url, "https://app.example/auth/callback/unset?code=c&state=s"}},
                   .headers = {}};
  for (const auto& [route, request] : {std::pair{Route::sign_in, sign_in}, {Route::callback, back}}) {
    const StepCase step = run(route, request);
    EXPECT_EQ(step.at(respond_field::code), "provider_not_configured");
    EXPECT_EQ(step.at(respond_field::parameter), "providers.unset.clientId");
    EXPECT_EQ(step.at(respond_field::body), "") << "a public origin: nothing is told to the browser";
  }
}

TEST_F(NotSet, ASignInThatAPageStartsNeedsEveryOptionButTheOriginOnThisMachine) {
  const auto start = [&](const std::string& options, const std::string& host) {
    handle(core_, Operation::configure, {"{" + options + R"("providers":{)" + provider("work", kEndpoints) + "}}"});
    std::vector<std::string> fields(static_cast<std::size_t>(StartField::host) + 1);
    fields[static_cast<std::size_t>(StartField::now)] = "1750000000";
    fields[static_cast<std::size_t>(StartField::entropy)] = make_entropy();
    fields[static_cast<std::size_t>(StartField::url)] = "http://" + host + "/auth/sign-in";
    fields[static_cast<std::size_t>(StartField::host)] = host;
    const StepCase step{handle(core_, Operation::start, fields)};
    return step.kind() == StepKind::started ? "started" : step.at(respond_field::parameter);
  };
  const std::string secret = R"("secret":"0123456789abcdef0123456789abcdef",)";
  EXPECT_EQ(start(secret + R"("origin":null,)", "localhost:3000"), "started");
  EXPECT_EQ(start(secret + R"("origin":null,)", "app.example"), "origin");
  EXPECT_EQ(start(R"("secret":null,"origin":null,)", "localhost:3000"), "secret");
}

TEST_F(NotSet, AProviderIsUsableWhereItMissesNoValue) {
  const auto usable = [&](const std::string& options) {
    return handle(core_, Operation::configure, {"{" + options + "}"}).at(ready_field::usable);
  };
  const std::string secret = R"("secret":"0123456789abcdef0123456789abcdef",)";
  const std::string providers =
      R"("providers":{"unset":{"clientId":null,)" + kEndpoints + "}," + provider("work", kEndpoints) + "}";
  EXPECT_EQ(usable(secret + providers), "work\n");
  EXPECT_EQ(usable(secret + R"("origin":null,)" + providers), "work\n") << "on this machine it needs no origin";
  EXPECT_EQ(usable(R"("secret":null,)" + providers), "");
  EXPECT_EQ(usable(secret + R"("onSession":null,)" + providers), "");
  const std::string named = R"("key":"anon","providers":{"bitbucket":{},"unset":{},"work":{}}},)";
  EXPECT_EQ(usable(secret + R"("supabase":{"url":"https://abc.supabase.co",)" + named + providers), "work\nbitbucket\n")
      << "of two with one name, the direct one counts";
  EXPECT_EQ(usable(secret + R"("supabase":{"url":null,)" + named + providers), "work\n");
}

// For the people who run the app; a code without an option has the sentence of its row.
TEST_F(NotSet, TheSentenceNamesTheOptionAndItsVariable) {
  const auto sign_in = [&](const std::string& secret) {
    const std::string providers = R"("providers":{"unset":{"clientId":null,"issuer":"https://a.example"}}})";
    EXPECT_EQ(
        handle(core_, Operation::configure, {R"({"origin":"https://app.example","secret":)" + secret + "," + providers})
            .at(0),
        std::to_string(static_cast<int>(StepKind::ready)));
    return run(Route::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=unset"}}, .headers = {}});
  };
  const auto expect_sentence = [](const StepCase& step, const std::string& code, const std::string& parameter,
                                  const std::string& sentence) {
    EXPECT_EQ(step.at(respond_field::code), code);
    EXPECT_EQ(step.at(respond_field::message), sentence);
    const std::string log = step.at(respond_field::log);
    EXPECT_TRUE(log.ends_with(parameter + ": " + sentence)) << log;
  };
  expect_sentence(sign_in(R"("0123456789abcdef0123456789abcdef")"), "provider_not_configured",
                  " parameter=providers.unset.clientId",
                  "`providers.unset.clientId` has no value: is the environment variable UNSET_CLIENT_ID set?");
  expect_sentence(sign_in("null"), "config_missing", " parameter=secret",
                  "`secret` has no value: is the environment variable AUTH_SECRET set?");
  for (const ErrorCode code : {ErrorCode::provider_not_configured, ErrorCode::config_missing}) {
    const std::string name(error_row(code).name);
    expect_sentence(StepCase{handle(core_, Operation::fail, {name, "sign_in", "GET"})}, name, " blame=app",
                    std::string(error_message(code)));
  }
}

TEST_F(NotSet, OnThisMachineThePageNamesTheOption) {
  const std::string json = R"({"origin":)";
  const std::string rest =
      R"(,"secret":"0123456789abcdef0123456789abcdef","providers":{"unset":{"clientId":"","issuer":"https://a.example"}}})";
  struct Row {
    std::string origin;
    std::map<RequestHeader, std::string> headers;
    bool is_local;
    std::string code = "provider_not_configured";
  };
  const std::vector<Row> rows = {
      {R"("http://localhost:3000")", {}, true},
      {R"("https://app.example")", {{RequestHeader::host, "localhost:3000"}}, false},
      {R"({"trustedHosts":["app.example"]})", {{RequestHeader::host, "127.0.0.1:3000"}}, true},
      {R"({"trustedHosts":["app.example"]})",
       {{RequestHeader::host, "127.0.0.1:3000"}, {RequestHeader::x_forwarded_host, "app.example"}},
       false},
      {"null", {{RequestHeader::host, "[::1]:3000"}}, true},
      {"null", {{RequestHeader::host, "localhost:3000"}, {RequestHeader::x_forwarded_host, "localhost:3000"}}, true},
      {"null",
       {{RequestHeader::host, "localhost"}, {RequestHeader::forwarded, "for=1.2.3.4"}},
       false,
       "config_missing"},
      {"null", {{RequestHeader::host, "app.example"}}, false, "config_missing"},
      {"null",
       {{RequestHeader::host, "localhost"}, {RequestHeader::forwarded, "host=app.example"}},
       false,
       "config_missing"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.origin);
    ASSERT_EQ(handle(core_, Operation::configure, {std::string(json).append(row.origin).append(rest)}).at(0),
              std::to_string(static_cast<int>(StepKind::ready)));
    const StepCase step =
        run(Route::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=unset"}}, .headers = row.headers});
    EXPECT_EQ(step.at(respond_field::code), row.code);
    EXPECT_EQ(step.at(respond_field::status), row.is_local ? "500" : "303");
    EXPECT_EQ(page_of(step), row.is_local ? "error" : "");
    EXPECT_EQ(step.at(respond_field::body).empty(), !row.is_local);
    const std::string option = row.code == "config_missing" ? "origin" : "providers.unset.clientId";
    EXPECT_EQ(step.at(respond_field::parameter), option);
    EXPECT_EQ(step.at(respond_field::body).find("<code data-option>" + option + "</code>") != std::string::npos,
              row.is_local);
    EXPECT_EQ(step.headers(respond_field::header_0, "location").empty(), row.is_local);
  }
}

TEST_F(NotSet, WithoutASecretOrAnOriginNothingStarts) {
  for (const char* unset : {R"("secret":null)", R"("origin":"")"}) {
    SCOPED_TRACE(unset);
    const std::string rest = std::string(unset) == R"("secret":null)"
                                 ? R"("origin":"https://app.example")"
                                 : R"("secret":"0123456789abcdef0123456789abcdef")";
    ASSERT_EQ(handle(core_, Operation::configure,
                     {"{" + std::string(unset) + "," + rest +
                      R"(,"supabase":{"url":"https://abc.supabase.co","key":"anon"},"providers":{)" +
                      provider("work", kEndpoints) + "}}"})
                  .at(0),
              std::to_string(static_cast<int>(StepKind::ready)));
    const RequestCase request{
        .fields = {{RequestField::url, "https://app.example/auth/callback/work?provider=work&code=c"}},
        .headers = {{RequestHeader::cookie, "sb-abc-auth-token=x"}}};
    for (const StepCase& step : {run(Route::sign_in, request), run(Route::callback, request),
                                 run(Route::sign_out, request), run(Route::confirm, request), run(Route::none, request),
                                 StepCase{handle(core_, Operation::get_user, complete(request).list())}}) {
      ASSERT_EQ(step.kind(), StepKind::respond);
      EXPECT_EQ(step.at(respond_field::code), "config_missing");
      EXPECT_TRUE(step.headers(respond_field::header_0, "set-cookie").empty());
    }
    const auto started = handle(core_, Operation::start, {"1750000000", make_entropy(), "work", "/"});
    EXPECT_EQ(started.at(respond_field::code), "config_missing");
    const StepCase page = run(Route::error, {.fields = {{RequestField::url, "/auth/auth-code-error"}}, .headers = {}});
    EXPECT_EQ(page.at(respond_field::status), "200");
  }
}

TEST_F(NotSet, SupabaseWithoutAValueBlocksItsRoutes) {
  const std::string supabase = R"({"supabase":{"url":null,"key":"anon"},"origin":"https://app.example",)";
  const std::string secret = R"("secret":"0123456789abcdef0123456789abcdef")";
  ASSERT_EQ(handle(core_, Operation::configure, {supabase + secret + "}"}).at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  const auto at = [&](const std::string& path, const std::string& method = "GET") {
    return run(Route::none,
               {.fields = {{RequestField::url, "https://app.example" + path}, {RequestField::method, method}},
                .headers = {{RequestHeader::cookie, "__Host-landfall-done=Ab3_-xYz01"}}});
  };
  const RequestCase nowhere = complete({.fields = {}, .headers = {}});
  for (const StepCase& step :
       {at("/auth/sign-in"), at("/auth/callback?code=c"), at("/auth/sign-out", "POST"),
        at("/auth/confirm?token_hash=a&type=email"), StepCase{handle(core_, Operation::get_user, nowhere.list())}}) {
    ASSERT_EQ(step.kind(), StepKind::respond);
    EXPECT_EQ(step.at(respond_field::code), "provider_not_configured");
    EXPECT_EQ(step.at(respond_field::parameter), "supabase.url");
    EXPECT_TRUE(step.headers(respond_field::header_0, "set-cookie").empty());
  }
  // Those of other providers sign out all the same.
  ASSERT_EQ(handle(core_, Operation::configure,
                   {supabase + secret + R"(,"providers":{)" + provider("work", kEndpoints) + "}}"})
                .at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  const StepCase done = at("/auth/sign-out", "POST");
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.headers(respond_field::header_0, "location"), std::vector<std::string>{"/#"});
  EXPECT_EQ(done.headers(respond_field::header_0, "set-cookie").size(), 1u);
}

// No reply that depends on the public origin is for a host that nobody trusts.
TEST_F(NotSet, AHostThatIsNotTrustedGetsNothing) {
  ASSERT_EQ(handle(core_, Operation::configure,
                   {R"({"supabase":{"url":"https://abc.supabase.co","key":"anon","verifyOnGet":true},)"
                    R"("secret":"0123456789abcdef0123456789abcdef","origin":{"trustedHosts":["app.example"]}})"})
                .at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  const std::string verifier = "sb-abc-auth-token-code-verifier=%22" + std::string(43, 'v') + "%22";
  const auto at = [&](const std::string& path, const std::string& method = "GET") {
    return complete({.fields = {{RequestField::url, "https://evil.example" + path}, {RequestField::method, method}},
                     .headers = {{RequestHeader::host, "evil.example"},
                                 {RequestHeader::cookie, "sb-abc-auth-token=damaged; " + verifier}}});
  };
  const std::string code = "code=00000000-0000-4000-8000-000000000001";
  for (const StepCase& step :
       {run(Route::none, at("/auth/callback?" + code)), run(Route::none, at("/auth/sign-out", "POST")),
        run(Route::none, at("/auth/sign-in?provider=github")),
        run(Route::none, at("/auth/confirm?token_hash=a&type=email"))}) {
    ASSERT_EQ(step.kind(), StepKind::respond);
    EXPECT_EQ(step.at(respond_field::code), "host_untrusted");
  }
  EXPECT_TRUE(handle(core_, Operation::serve, at("/?" + code).list()).empty()) << "nothing arrives there for us";
  const StepCase session{handle(core_, Operation::get_session, at("/").list())};
  EXPECT_EQ(session.kind(), StepKind::stored_session);
  EXPECT_EQ(session.fields.size(), std::size_t{stored_session_field::set_cookie_0}) << "and nothing is removed";
}

}  // namespace
}  // namespace landfall
