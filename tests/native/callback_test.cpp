#include <algorithm>

#include "callback_case.hpp"

namespace landfall {
namespace {

using Callback = CallbackCase;

constexpr const char* kMetadataWithIss =
    R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
    R"("token_endpoint":"https://as.example/token","jwks_uri":"https://as.example/jwks",)"
    R"("authorization_response_iss_parameter_supported":true})";

TEST_F(Callback, ComparesTheIssuer) {
  configure(provider("work", kIssuer + R"(,"jwksUri":"https://as.example/jwks",)" + kEndpoints));
  begin();
  expect_refused(answer("&iss=https%3A%2F%2Fevil.example"), "iss_mismatch");
  EXPECT_EQ(run(Route::callback, answer("&iss=https%3A%2F%2Fas.example")).kind(), StepKind::fetch);
}

TEST_F(Callback, WantsTheIssuerThatTheMetadataPromises) {
  const std::map<RequestField, std::string> metadata = {{RequestField::status, "200"},
                                                        {RequestField::content_type, "application/json"},
                                                        {RequestField::answer, kMetadataWithIss}};
  configure(provider("work", kIssuer));
  begin("", metadata);
  RequestCase request = answer("");
  const StepCase fetch = run(Route::callback, request);
  ASSERT_EQ(fetch.kind(), StepKind::fetch) << "without it, it is asked for";
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/.well-known/openid-configuration");
  request.fields.insert(metadata.begin(), metadata.end());
  expect_refused(request, "iss_missing");
  request.fields[RequestField::answer] = "{}";
  expect_refused(request, "discovery_issuer");
}

TEST_F(Callback, SaysWhenTheIssuerCannotBeCompared) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("&iss=https%3A%2F%2Fas.example");
  request.fields[RequestField::resume] = run(Route::callback, request).at(fetch_field::resume);
  request.fields[RequestField::status] = "200";
  request.fields[RequestField::answer] = R"({"access_token":"at","token_type":"Bearer"})";
  const StepCase done = run(Route::callback, request);
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.at(respond_field::warnings), warning_line(ErrorCode::iss_unchecked, "providers.work.issuer"));
}

TEST_F(Callback, DoesNotWarnWhereTheIssuerIsNotThereOrWasCompared) {
  for (const auto& [issuer, iss] : {std::pair<std::string, std::string>{"", ""},
                                    {kIssuer + ",", "&iss=https%3A%2F%2Fas.example"},
                                    {kIssuer + ",", ""}}) {
    configure(provider("work", issuer + R"("scopes":"read",)" + kEndpoints));
    begin();
    RequestCase request = answer(iss);
    request.fields[RequestField::resume] = run(Route::callback, request).at(fetch_field::resume);
    request.fields[RequestField::status] = "200";
    request.fields[RequestField::answer] = R"({"access_token":"at","token_type":"Bearer"})";
    const StepCase done = run(Route::callback, request);
    EXPECT_EQ(done.at(respond_field::status), "303");
    EXPECT_EQ(done.at(respond_field::code), "");
    EXPECT_EQ(done.at(respond_field::warnings), "") << issuer << iss;
  }
}

TEST_F(Callback, AProvidersErrorIsCut) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("");
  std::string error = "not_ok";
  while (error.size() <= kMaxErrorBytes) error += "_again";
  request.fields[RequestField::url] = "https://app.example/auth/callback/work?error=" + error + "&state=" + state_;
  const StepCase step = run(Route::callback, request);
  EXPECT_EQ(step.at(respond_field::code), "provider_error");
  EXPECT_EQ(step.at(respond_field::detail), error.substr(0, kMaxErrorBytes));
}

TEST_F(Callback, ARefusalMayHaveACodeInPlaceOfAnError) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("");
  const std::string start = "https://app.example/auth/callback/work?state=" + state_;
  request.fields[RequestField::url] = start + "&error_code=100&error_message=m";
  const StepCase step = run(Route::callback, request);
  EXPECT_EQ(step.at(respond_field::code), "provider_error");
  EXPECT_EQ(step.at(respond_field::detail), "100");
  EXPECT_EQ(step.at(respond_field::description), "m");
  request.fields[RequestField::url] = start;
  expect_refused(request, "code_missing");
  EXPECT_EQ(run(Route::callback, answer("&error_code=100")).kind(), StepKind::fetch) << "there is a code to redeem";
}

TEST_F(Callback, AProvidersDescriptionIsCut) {
  configure(provider("work", kEndpoints));
  begin();
  RequestCase request = answer("");
  std::string description = "no";
  while (description.size() <= kMaxErrorDescriptionBytes) description += "-again";
  for (std::size_t i = 20; i < description.size(); i += 20) description[i] = '+';
  request.fields[RequestField::url] = "https://app.example/auth/callback/work?error=x&error_message=m&state=" + state_ +
                                      "&error_description=" + description;
  std::replace(description.begin(), description.end(), '+', ' ');
  EXPECT_EQ(run(Route::callback, request).at(respond_field::description),
            description.substr(0, kMaxErrorDescriptionBytes));
}

TEST_F(Callback, ATokenRequestSaysWhoAsks) {
  const std::vector<std::string> form = {"application/x-www-form-urlencoded"};
  configure(provider("work", kEndpoints));
  begin();
  const StepCase fetch = run(Route::callback, answer(""));
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "content-type"), form);
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "accept"), std::vector<std::string>{"application/json"});
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Basic Y2xpZW50LTE6cw=="});
  EXPECT_EQ(fetch.at(fetch_field::max_bytes), std::to_string(kMaxFetchBytes));
  EXPECT_EQ(fetch.at(fetch_field::deadline), std::to_string(kFetchDeadlineMilliseconds));
  EXPECT_EQ(fetch.at(fetch_field::patience), "3000");
  configure(R"("work":{"clientId":"client-1",)" + kEndpoints + "}");
  begin();
  const StepCase open = run(Route::callback, answer(""));
  EXPECT_EQ(open.headers(fetch_field::header_0, "content-type"), form);
  EXPECT_TRUE(open.headers(fetch_field::header_0, "authorization").empty()) << "a client without a secret";
}

TEST_F(Callback, AStateHasALimit) {
  configure(provider("work", kEndpoints));
  expect_refused(
      {.fields = {{RequestField::url, "/auth/callback/work?code=c&state=" + std::string(kMaxStateBytes + 1, 'x')}},
       .headers = {}},
      "state_mismatch");
  expect_refused(
      {.fields = {{RequestField::url, "/auth/callback/work?code=c&state=" + std::string(kMaxStateBytes, 'x')}},
       .headers = {}},
      "transaction_cookies_blocked");
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
  const StepCase step = run(Route::callback, answer(""));
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
  request.fields[RequestField::resume] = run(Route::callback, request).at(fetch_field::resume);
  request.fields[RequestField::status] = "200";
  request.fields[RequestField::content_type] = "application/json";
  request.fields[RequestField::answer] = R"({"access_token":"at","token_type":"Bearer"})";
  const StepCase step = run(Route::callback, request);
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
  const std::string start = "state=x&x=";
  const std::string longest = start + std::string(kMaxFormBodyBytes - start.size(), 'x');
  expect_refused(post(longest, form, "posts"), "state_mismatch");
  expect_refused(post(longest + "x", form, "posts"), "request_too_large");
  expect_refused(post("code=c&state=" + state_, form, "posts"), "redirect_uri_mismatch");
  configure(provider("work", kEndpoints + R"(,"responseMode":"form_post")"));
  begin();
  expect_refused(answer(""), "response_mode_unexpected");
  EXPECT_EQ(run(Route::callback, post("code=c&state=" + state_)).kind(), StepKind::fetch);
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
