#include "base/limits.hpp"
#include "core_case.hpp"

namespace landfall {
namespace {

constexpr const char* kMetadata =
    R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
    R"("token_endpoint":"https://as.example/token","jwks_uri":"https://as.example/jwks",)"
    R"("authorization_response_iss_parameter_supported":true})";

std::string options(const std::string& providers) {
  return R"({"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example","providers":{)" + providers +
         "}}";
}

std::string provider(const std::string& name, const std::string& more) {
  return "\"" + name + R"(":{"clientId":"client-1","clientSecret":"s",)" + more + "}";
}

const std::string kEndpoints =
    R"("authorizationEndpoint":"https://as.example/authorize","tokenEndpoint":"https://as.example/token")";
const std::string kIssuer = R"("issuer":"https://as.example")";

/// Each guard of the callback by itself: what it lets through otherwise is a request for a token.
class Callback : public testing::Test {
 protected:
  void configure(const std::string& providers) {
    ASSERT_EQ(handle(core_, Operation::configure, {options(providers)}).at(0),
              std::to_string(static_cast<int>(StepKind::ready)));
  }

  StepCase run(Operation operation, RequestCase request) {
    request.fields.try_emplace(RequestField::now, "1750000000");
    request.fields.try_emplace(RequestField::entropy, std::string(kEntropyBytes, 'e'));
    request.fields.try_emplace(RequestField::method, "GET");
    return {handle(core_, operation, request.list())};
  }

  void begin(const std::string& query = "", const std::map<RequestField, std::string>& metadata = {}) {
    RequestCase request{.fields = metadata, .headers = {}};
    request.fields[RequestField::url] = "/auth/sign-in?provider=work" + query;
    const StepCase step = run(Operation::sign_in, request);
    const auto cookies = step.headers(respond_field::header_0, "set-cookie");
    ASSERT_EQ(cookies.size(), 1u) << step.at(respond_field::code);
    cookie_ = cookies[0].substr(0, cookies[0].find(';'));
    const std::string location = step.headers(respond_field::header_0, "location").at(0);
    const std::size_t at = location.find("&state=") + 7;
    state_ = location.substr(at, location.find('&', at) - at);
  }

  RequestCase answer(const std::string& query) {
    return {.fields = {{RequestField::url, "https://app.example/auth/callback/work?code=c&state=" + state_ + query}},
            .headers = {{RequestHeader::cookie, cookie_}}};
  }

  RequestCase post(const std::string& body, const std::string& content_type = "application/x-www-form-urlencoded",
                   const std::string& provider = "work") {
    return {.fields = {{RequestField::url, "https://app.example/auth/callback/" + provider},
                       {RequestField::method, "POST"},
                       {RequestField::body, body}},
            .headers = {{RequestHeader::cookie, cookie_}, {RequestHeader::content_type, content_type}}};
  }

  void expect_refused(const RequestCase& request, const std::string& code) {
    const StepCase step = run(Operation::callback, request);
    ASSERT_EQ(step.kind(), StepKind::respond) << code;
    EXPECT_EQ(step.at(respond_field::code), code);
  }

  Core core_;
  std::string cookie_;
  std::string state_;
};

TEST_F(Callback, ComparesTheIssuer) {
  configure(provider("work", kIssuer + R"(,"jwksUri":"https://as.example/jwks",)" + kEndpoints));
  begin();
  expect_refused(answer("&iss=https%3A%2F%2Fevil.example"), "iss_mismatch");
  EXPECT_EQ(run(Operation::callback, answer("&iss=https%3A%2F%2Fas.example")).kind(), StepKind::fetch);
}

TEST_F(Callback, WantsTheIssuerThatTheMetadataPromises) {
  const std::map<RequestField, std::string> metadata = {{RequestField::status, "200"},
                                                        {RequestField::content_type, "application/json"},
                                                        {RequestField::answer, kMetadata}};
  configure(provider("work", kIssuer));
  begin("", metadata);
  RequestCase request = answer("");
  request.fields.insert(metadata.begin(), metadata.end());
  expect_refused(request, "iss_missing");
  request.fields[RequestField::answer] = "{}";
  expect_refused(request, "discovery_issuer");
}

TEST_F(Callback, SaysWhenTheIssuerCannotBeCompared) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("&iss=https%3A%2F%2Fas.example");
  request.fields[RequestField::resume] = run(Operation::callback, request).at(fetch_field::resume);
  request.fields[RequestField::status] = "200";
  request.fields[RequestField::answer] = R"({"access_token":"at","token_type":"Bearer"})";
  const StepCase done = run(Operation::callback, request);
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.at(respond_field::warnings), "iss_unchecked providers.work.issuer\n");
}

// An evil provider sends the person on to an honest one, with the state of its own sign-in and a challenge of its
// choice: the honest provider's code then comes to the honest one's callback, and must not be redeemed at the evil one.
TEST_F(Callback, AResponseAtAnotherProvidersPathIsNeverUsed) {
  configure(provider("work", kEndpoints) + "," + provider("honest", kEndpoints));
  begin();
  RequestCase mixed = answer("");
  mixed.fields[RequestField::url] = "https://app.example/auth/callback/honest?code=c&state=" + state_;
  const StepCase step = run(Operation::callback, mixed);
  ASSERT_EQ(step.kind(), StepKind::respond) << "nobody is asked";
  EXPECT_EQ(step.at(respond_field::code), "redirect_uri_mismatch");
  EXPECT_EQ(step.at(respond_field::provider), "work");
  EXPECT_EQ(step.headers(respond_field::header_0, "set-cookie").size(), 2u) << "the transaction has ended";
  EXPECT_EQ(run(Operation::callback, answer("")).kind(), StepKind::fetch) << "where it belongs, it is used";
  for (const char* path : {"/auth/callback", "/auth/callback/", "/auth/callback/WORK", "/auth/callback/work/x",
                           "/other", "/auth/callback/wor%6b", "/auth//callback/work"}) {
    RequestCase elsewhere = answer("");
    elsewhere.fields[RequestField::url] = "https://app.example" + std::string(path) + "?code=c&state=" + state_;
    expect_refused(elsewhere, "callback_unknown");
  }
  RequestCase slash = answer("");
  slash.fields[RequestField::url] = "https://app.example/auth/callback/work/?code=c&state=" + state_;
  EXPECT_EQ(run(Operation::callback, slash).kind(), StepKind::fetch) << "a slash at the end is the same route";
}

TEST_F(Callback, TheRedirectUriIsTheProvidersOwn) {
  configure(provider("work", kEndpoints + R"(,"callback":"/login/work")"));
  begin();
  RequestCase request = answer("");
  expect_refused(request, "callback_unknown");
  request.fields[RequestField::url] = "https://app.example/login/work?code=c&state=" + state_;
  const StepCase fetch = run(Operation::callback, request);
  EXPECT_NE(fetch.at(fetch_field::body).find("redirect_uri=https%3A%2F%2Fapp.example%2Flogin%2Fwork&"),
            std::string::npos);
}

// Supabase's code with an allow list as wide as `/**`: the path of a direct provider takes nothing of Supabase's.
TEST_F(Callback, ASupabaseResponseAtAProvidersPathIsNeverUsed) {
  const std::string supabase = R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"},)";
  ASSERT_EQ(handle(core_, Operation::configure, {supabase + options(provider("work", kEndpoints)).substr(1)}).at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  const StepCase started =
      run(Operation::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=bitbucket"}}, .headers = {}});
  std::string cookies;
  for (const std::string& line : started.headers(respond_field::header_0, "set-cookie"))
    cookies += (cookies.empty() ? "" : "; ") + line.substr(0, line.find(';'));
  const std::string location = started.headers(respond_field::header_0, "location").at(0);
  const std::size_t at = location.find("sb_flow_id%3D") + 13;
  const std::string flow_id = location.substr(at, location.find('&', at) - at);
  const std::string code = "00000000-0000-4000-8000-000000000001";
  const auto at_path = [&](const std::string& path, const std::string& query) {
    return run(Operation::callback,
               {.fields = {{RequestField::url, "https://app.example" + path + "?code=" + code + query}},
                .headers = {{RequestHeader::cookie, cookies}}});
  };
  EXPECT_EQ(at_path("/auth/callback/work", "&sb_flow_id=" + flow_id).at(respond_field::code), "state_missing");
  EXPECT_EQ(at_path("/auth/callback/work", "&state=" + flow_id).at(respond_field::code), "transaction_invalid");
  EXPECT_EQ(at_path("/auth/callback", "&sb_flow_id=" + flow_id).kind(), StepKind::fetch);
  begin();
  cookies = cookie_;
  EXPECT_EQ(at_path("/auth/callback", "&state=" + state_).kind(), StepKind::respond)
      << "and what is a direct provider's is not taken to Supabase";
}

TEST_F(Callback, AnOptionWithoutAValueBlocksItsProviderAlone) {
  configure(R"("unset":{"clientId":null,)" + kEndpoints + "}," + provider("work", kEndpoints));
  begin();
  EXPECT_EQ(run(Operation::callback, answer("")).kind(), StepKind::fetch);
  RequestCase sign_in{.fields = {{RequestField::url, "/auth/sign-in?provider=unset&next=%2Fa"}}, .headers = {}};
  RequestCase back{.fields = {{RequestField::url, "https://app.example/auth/callback/unset?code=c&state=s"}},
                   .headers = {}};
  for (const auto& [operation, request] : {std::pair{Operation::sign_in, sign_in}, {Operation::callback, back}}) {
    const StepCase step = run(operation, request);
    EXPECT_EQ(step.at(respond_field::code), "provider_not_configured");
    EXPECT_EQ(step.at(respond_field::parameter), "providers.unset.clientId");
    EXPECT_EQ(step.at(respond_field::page), "") << "a public origin: nothing is told to the browser";
  }
}

TEST_F(Callback, OnThisMachineThePageNamesTheOption) {
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
      {"null", {{RequestHeader::host, "[::1]:3000"}}, true, "config_missing"},
      {"null", {{RequestHeader::host, "app.example"}}, false, "config_missing"},
      {"null",
       {{RequestHeader::host, "localhost"}, {RequestHeader::forwarded, "host=app.example"}},
       false,
       "config_missing"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.origin);
    ASSERT_EQ(handle(core_, Operation::configure, {json + row.origin + rest}).at(0),
              std::to_string(static_cast<int>(StepKind::ready)));
    const StepCase step = run(
        Operation::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=unset"}}, .headers = row.headers});
    EXPECT_EQ(step.at(respond_field::code), row.code);
    EXPECT_EQ(step.at(respond_field::status), row.is_local ? "500" : "303");
    EXPECT_EQ(step.at(respond_field::page), row.is_local ? "error" : "");
    EXPECT_EQ(step.headers(respond_field::header_0, "location").empty(), row.is_local);
  }
}

TEST_F(Callback, WithoutASecretOrAnOriginNothingStarts) {
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
    for (const Operation operation :
         {Operation::sign_in, Operation::callback, Operation::sign_out, Operation::confirm, Operation::read_session}) {
      RequestCase request{
          .fields = {{RequestField::url, "https://app.example/auth/callback/work?provider=work&code=c"}},
          .headers = {{RequestHeader::cookie, "sb-abc-auth-token=x"}}};
      const StepCase step = run(operation, request);
      ASSERT_EQ(step.kind(), StepKind::respond);
      EXPECT_EQ(step.at(respond_field::code), "config_missing");
      EXPECT_TRUE(step.headers(respond_field::header_0, "set-cookie").empty());
    }
    const auto started = handle(core_, Operation::start, {"1750000000", std::string(96, 'e'), "work", "/"});
    EXPECT_EQ(started.at(respond_field::code), "config_missing");
    const StepCase page =
        run(Operation::error_page, {.fields = {{RequestField::url, "/auth/auth-code-error"}}, .headers = {}});
    EXPECT_EQ(page.at(respond_field::status), "200");
  }
}

TEST_F(Callback, AStateHasALimit) {
  configure(provider("work", kEndpoints));
  expect_refused(
      {.fields = {{RequestField::url, "/auth/callback/work?code=c&state=" + std::string(kMaxStateBytes + 1, 'x')}},
       .headers = {}},
      "state_mismatch");
}

TEST_F(Callback, AProviderThatIsGoneHasNoTransaction) {
  configure(provider("work", kEndpoints));
  begin();
  configure(provider("other", kEndpoints));
  RequestCase request = answer("");
  expect_refused(request, "callback_unknown");
  request.fields[RequestField::url] = "https://app.example/auth/callback/other?code=c&state=" + state_;
  expect_refused(request, "transaction_invalid");
}

TEST_F(Callback, AForgedTransactionIsNone) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase without = answer("");
  without.headers.erase(RequestHeader::cookie);
  expect_refused(without, "transaction_cookies_blocked");
  cookie_[cookie_.find('=') + 1] ^= 1;
  expect_refused(answer(""), "transaction_invalid");
  const StepCase step = run(Operation::callback, answer(""));
  EXPECT_EQ(step.at(respond_field::provider), "") << "nothing that it says is believed";
  EXPECT_EQ(step.at(respond_field::next), "");
}

TEST_F(Callback, ChecksAgainWhereToGo) {
  configure(provider("work", kEndpoints));
  begin("&next=%2Fgone");
  ASSERT_EQ(handle(core_, Operation::configure,
                   {R"({"paths":{"signOut":"/gone"},)" + options(provider("work", kEndpoints)).substr(1)})
                .at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  RequestCase request = answer("");
  request.fields[RequestField::resume] = run(Operation::callback, request).at(fetch_field::resume);
  request.fields[RequestField::status] = "200";
  request.fields[RequestField::content_type] = "application/json";
  request.fields[RequestField::answer] = R"({"access_token":"at","token_type":"Bearer"})";
  const StepCase step = run(Operation::callback, request);
  EXPECT_EQ(step.headers(respond_field::header_0, "location"), std::vector<std::string>{"/#"});
}

TEST_F(Callback, TakesAPostOnlyWhereItIsOffered) {
  configure(provider("work", kEndpoints));
  begin();
  expect_refused(post("code=c&state=" + state_, "text/plain"), "method_not_allowed");
  configure(provider("work", kEndpoints) + "," + provider("posts", kEndpoints + R"(,"responseMode":"form_post")"));
  expect_refused(post("code=c&state=" + state_), "method_not_allowed");
  const std::string form = "application/x-www-form-urlencoded";
  expect_refused(post("code=c&state=" + state_, "text/plain", "posts"), "content_type");
  expect_refused(post("code=c&state=" + state_ + "&x=" + std::string(kMaxFormBodyBytes, 'x'), form, "posts"),
                 "request_too_large");
  expect_refused(post("code=c&state=" + state_, form, "posts"), "redirect_uri_mismatch");
  RequestCase put = answer("");
  put.fields[RequestField::method] = "PUT";
  expect_refused(put, "method_not_allowed");
}

TEST_F(Callback, TakesNoTokensAndNoResponseObject) {
  configure(provider("work", kEndpoints));
  begin();
  expect_refused({.fields = {{RequestField::url, "https://app.example/auth/callback/work"}}, .headers = {}},
                 "response_missing");
  expect_refused(answer("&access_token=x"), "response_type_unexpected");
  expect_refused(answer("&response=x"), "response_mode_unexpected");
  expect_refused(answer("&state=" + state_), "param_duplicate");
}

TEST_F(Callback, IsAPageThatThePersonOpens) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("");
  request.headers[RequestHeader::sec_fetch_mode] = "cors";
  request.headers[RequestHeader::sec_fetch_dest] = "empty";
  expect_refused(request, "fetch_metadata");
}

TEST_F(Callback, IsForAHostThatIsTrusted) {
  const std::string hosts =
      R"({"secret":"0123456789abcdef0123456789abcdef","origin":{"trustedHosts":["app.example"]},)";
  ASSERT_EQ(
      handle(core_, Operation::configure, {hosts + R"("providers":{)" + provider("work", kEndpoints) + "}}"}).at(0),
      std::to_string(static_cast<int>(StepKind::ready)));
  expect_refused({.fields = {{RequestField::url, "https://evil.example/auth/callback?code=c&state=s"}},
                  .headers = {{RequestHeader::host, "evil.example"}}},
                 "host_untrusted");
}

TEST_F(Callback, ATransactionEnds) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("");
  request.fields[RequestField::now] = std::to_string(1750000000 + kTransactionSeconds);
  expect_refused(request, "transaction_expired");
}

}  // namespace
}  // namespace landfall
