#include "callback_case.hpp"

namespace landfall {
namespace {

const std::string kCallback = "https://app.example/auth/callback/work";

/// A sign-in at a preview whose provider comes back to a fixed origin.
class Relay : public CallbackCase {
 protected:
  void configure_with(const std::string& more, const std::string& origin = R"("https://app.example")") {
    const std::string json = R"({"secret":"0123456789abcdef0123456789abcdef","origin":)" + origin + "," + more +
                             R"("providers":{)" + provider("work", kEndpoints) + "}}";
    ASSERT_EQ(handle(core_, Operation::configure, {json}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
  }

  /// Where a response with this state leads; its code where it leads to the error page.
  std::string outcome_of(const std::string& state, const std::string& cookie = {}, const std::string& url = kCallback) {
    const StepCase step =
        run(Route::callback, {.fields = {{RequestField::url, url + "?code=c%20d&state=" + state}},
                              .headers = {{RequestHeader::cookie, cookie}, {RequestHeader::host, "app.example"}}});
    if (step.kind() == StepKind::fetch) return "fetch " + step.at(fetch_field::body);
    const std::string code = step.at(respond_field::code);
    return code.empty() ? step.headers(respond_field::header_0, "location").at(0) : code;
  }

  const std::string own_ = std::string(43, 's') + "-0-AAAA";
};

TEST_F(Relay, AResponseGoesOnToAHostOfTheList) {
  configure_with(R"("relayTo":["*.preview.example","localhost:3000","one.example:8443"],)");
  const std::string rest = "/auth/callback/work?code=c%20d&state=" + own_ + ".";
  for (const auto& [host, origin] :
       std::vector<std::pair<std::string, std::string>>{{"a.preview.example", "https://a.preview.example"},
                                                        {"A.Preview.example", "https://a.preview.example"},
                                                        {"localhost:3000", "http://localhost:3000"},
                                                        {"one.example:8443", "https://one.example:8443"}})
    EXPECT_EQ(outcome_of(own_ + "." + host), std::string(origin).append(rest).append(host));
  for (const char* host : {"preview.example", "a.b.preview.example", "localhost", "one.example", "evil.example", "",
                           "a.preview.example/", "a.preview.example%40evil.example", "x%20.preview.example"})
    EXPECT_TRUE(outcome_of(own_ + "." + host).starts_with("transaction_")) << host;
  EXPECT_EQ(outcome_of(own_ + ".a.preview.example", "", kCallback + "/"),
            "https://a.preview.example/auth/callback/work" + ("/?code=c%20d&state=" + own_) + ".a.preview.example");
}

TEST_F(Relay, AResponseNeverGoesToTheHostThatPassesItOn) {
  for (const char* options :
       {R"("relayTo":["*.example"],)", R"("redirectVia":"https://via.example","relayTo":["app.example"],)"}) {
    configure_with(options);
    for (const char* host : {"App.example", "APP.EXAMPLE", "app.example:443"})
      EXPECT_TRUE(outcome_of(own_ + "." + host).starts_with("transaction_")) << options << host;
  }
}

TEST_F(Relay, WhatPassesOnTellsNothingAndKeepsNothing) {
  configure_with(R"("relayTo":["a.example"],"basePath":"/shop",)");
  const std::string url = "https://app.example/auth/callback/work?code=c&state=" + own_ + ".a.example";
  const StepCase step = run(Route::callback, {.fields = {{RequestField::url, url}}, .headers = {}});
  EXPECT_EQ(step.at(respond_field::status), "303");
  EXPECT_EQ(step.at(respond_field::log), "");
  EXPECT_TRUE(step.headers(respond_field::header_0, "set-cookie").empty());
  EXPECT_EQ(step.headers(respond_field::header_0, "location").at(0),
            "https://a.example/shop/auth/callback/work?code=c&state=" + own_ + ".a.example");
  const std::string hostile = "https://app.example/auth/callback/work?x=\xff&code=c&state=" + own_ + ".a.example";
  expect_refused({.fields = {{RequestField::url, hostile}}, .headers = {}}, "state_mismatch");
}

TEST_F(Relay, APostStaysOne) {
  const std::string json = R"({"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example",)"
                           R"("relayTo":["a.example"],"providers":{)" +
                           provider("work", kEndpoints + R"(,"responseMode":"form_post")") + "}}";
  handle(core_, Operation::configure, {json});
  RequestCase request = post("code=c&state=" + own_ + ".a.example");
  request.fields[RequestField::has_body] = "1";
  const StepCase step = run(Route::callback, request);
  EXPECT_EQ(step.at(respond_field::status), "307");
  EXPECT_EQ(step.headers(respond_field::header_0, "location").at(0), "https://a.example/auth/callback/work");
}

TEST_F(Relay, AnAppTakesOnlyTheResponseForItsOwnHost) {
  configure_with(R"("redirectVia":"https://via.example/",)");
  begin();
  ASSERT_TRUE(state_.ends_with(".app.example"));
  const std::string bare = state_.substr(0, state_.find('.'));
  for (const std::string& other : {bare, bare + ".", bare + ".via.example", bare + ".x", state_ + "x", "." + state_}) {
    const std::string outcome = outcome_of(other, cookie_);
    EXPECT_TRUE(outcome.starts_with("transaction_") || outcome == "state_mismatch") << other << ": " << outcome;
  }
  EXPECT_NE(outcome_of(state_, cookie_).find("redirect_uri=https%3A%2F%2Fvia.example%2Fauth%2Fcallback%2Fwork"),
            std::string::npos);
}

TEST_F(Relay, WithoutTheOptionAHostInAStateMeansNothing) {
  configure_with("");
  begin();
  EXPECT_EQ(outcome_of(state_ + ".app.example", cookie_), "state_mismatch");
  EXPECT_EQ(outcome_of(state_ + ".", cookie_), "state_mismatch");
  EXPECT_TRUE(outcome_of(state_, cookie_).starts_with("fetch "));
}

}  // namespace
}  // namespace landfall
