#include "core_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

constexpr const char* kConfig =
    R"({"providers":{"work":{"clientId":"client-1","clientSecret":"a client secret of 32 bytes, long","issuer":"https://as.example",)"
    R"("scopes":"read"}},"origin":"https://app.example"})";
constexpr const char* kRevocableMetadata =
    R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
    R"("token_endpoint":"https://as.example/token","revocation_endpoint":"https://as.example/revoke"})";

RequestCase request_of(const char* method, const char* url) {
  return {.fields = {{RequestField::now, "1750000000"},
                     {RequestField::entropy, make_entropy()},
                     {RequestField::method, method},
                     {RequestField::url, url}},
          .headers = {}};
}

void add_metadata(RequestCase& request, const std::string& body) {
  request.fields[RequestField::status] = "200";
  request.fields[RequestField::content_type] = "application/json";
  request.fields[RequestField::answer] = body;
}

TEST(CoreMetadata, IsAskedForAndTheSameRequestComesAgain) {
  Core core;
  handle(core, Operation::configure, {kConfig});
  RequestCase request = request_of("GET", "/auth/sign-in?provider=work");
  const StepCase fetch = serve(core, Route::sign_in, request);
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/.well-known/oauth-authorization-server");
  EXPECT_EQ(fetch.at(fetch_field::resume), "");
  EXPECT_EQ(fetch.at(fetch_field::max_age), "600");

  add_metadata(request, kRevocableMetadata);
  const StepCase done = serve(core, Route::sign_in, request);
  ASSERT_EQ(done.kind(), StepKind::respond);
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.at(respond_field::keep), "1");
  EXPECT_TRUE(done.headers(respond_field::header_0, "location").at(0).starts_with("https://as.example/authorize?"));

  add_metadata(request, R"({"issuer":"https://evil.example"})");
  const StepCase refused = serve(core, Route::sign_in, request);
  EXPECT_EQ(refused.at(respond_field::code), "discovery_issuer");
  EXPECT_EQ(refused.at(respond_field::keep), "");
}

TEST(CoreMetadata, AFailureOfOursIsNotThatOfItsServer) {
  Core core;
  handle(core, Operation::configure, {kConfig});
  RequestCase request = request_of("GET", "/auth/sign-in?provider=work");
  add_metadata(request, kRevocableMetadata);
  request.fields[RequestField::entropy] = "";
  const StepCase step = serve(core, Route::sign_in, request);
  EXPECT_EQ(step.at(respond_field::code), "entropy_unavailable");
  EXPECT_EQ(step.at(respond_field::provider_status), "");
}

TEST(CoreMetadata, AFailedRequestForItIsNotRepeated) {
  Core core;
  handle(core, Operation::configure, {kConfig});
  RequestCase request = request_of("GET", "/auth/sign-in?provider=work");
  request.fields[RequestField::failure] = "timeout";
  const StepCase step = serve(core, Route::sign_in, request);
  ASSERT_EQ(step.kind(), StepKind::respond);
  EXPECT_EQ(step.at(respond_field::code), "discovery_unavailable");
}

TEST(CoreMetadata, AStartHasToHaveIt) {
  Core core;
  handle(core, Operation::configure, {kConfig});
  std::vector<std::string> start{"1750000000", make_entropy(), "work", "/", "", "", "", "", "", "", "", "", ""};
  EXPECT_EQ(handle(core, Operation::start, start).at(respond_field::code), "discovery_required");
  start.insert(start.end(), {"", "200", "application/json", kRevocableMetadata});
  const auto started = handle(core, Operation::start, start);
  EXPECT_EQ(started.at(0), std::to_string(static_cast<int>(StepKind::started)));
  EXPECT_TRUE(started.at(started_field::url).starts_with("https://as.example/authorize?"));
  EXPECT_TRUE(started.at(started_field::set_cookie_0).starts_with("__Host-landfall-"));
  start[1] = make_entropy().substr(1);
  EXPECT_EQ(handle(core, Operation::start, start).at(respond_field::code), "entropy_unavailable");
}

TEST(CoreMetadata, SignOutRevokesAndCompletesWhateverComes) {
  Core core;
  handle(core, Operation::configure, {R"({"onSignOut":true,)" + std::string(kConfig).substr(1)});
  RequestCase request = request_of("POST", "/auth/sign-out?next=/bye");
  request.headers[RequestHeader::cookie] = "__Host-landfall-done=Ab3_-xYz01";
  request.headers[RequestHeader::sec_fetch_site] = "same-origin";
  const StepCase ask = serve(core, Route::sign_out, request);
  ASSERT_EQ(ask.kind(), StepKind::sign_out);
  EXPECT_EQ(take_hook(core, request, ask, {.revoke_provider = "work", .revoke_token = "rt"}).kind(), StepKind::fetch);
  add_metadata(request, kRevocableMetadata);
  const StepCase revoke = serve(core, Route::sign_out, request);
  ASSERT_EQ(revoke.kind(), StepKind::fetch);
  EXPECT_EQ(revoke.at(fetch_field::url), "https://as.example/revoke");
  EXPECT_EQ(revoke.at(fetch_field::body), "token=rt");
  for (const auto& [status, code] : {std::pair<std::string, std::string>{"200", ""}, {"503", "revocation_failed"}}) {
    RequestCase again = request_of("POST", "/");
    again.fields[RequestField::resume] = revoke.at(fetch_field::resume);
    again.fields[RequestField::status] = status;
    const StepCase done = serve(core, Route::sign_out, again);
    ASSERT_EQ(done.kind(), StepKind::respond);
    EXPECT_EQ(done.at(respond_field::code), code);
    EXPECT_EQ(done.headers(respond_field::header_0, "location"), std::vector<std::string>{"/bye#"});
    EXPECT_EQ(done.headers(respond_field::header_0, "set-cookie").size(), 1u);
  }
}

TEST(CoreMetadata, SignOutIsForOurOwnPages) {
  Core core;
  handle(core, Operation::configure, {kConfig});
  RequestCase request = request_of("POST", "/auth/sign-out");
  request.headers[RequestHeader::origin] = "https://evil.example";
  EXPECT_EQ(serve(core, Route::sign_out, request).at(respond_field::code), "csrf");
  request.headers[RequestHeader::origin] = "https://app.example";
  EXPECT_EQ(serve(core, Route::sign_out, request).at(respond_field::code), "");
  request.headers[RequestHeader::sec_fetch_site] = "same-site";
  EXPECT_EQ(serve(core, Route::sign_out, request).at(respond_field::code), "csrf");
  request = request_of("GET", "/auth/sign-out");
  EXPECT_EQ(serve(core, Route::sign_out, request).at(respond_field::code), "method_not_allowed");
}

}  // namespace
}  // namespace landfall
