#pragma once

#include "core_case.hpp"

namespace landfall {

inline constexpr const char* kNow = "1750000000";
inline constexpr const char* kPlain =
    R"({"providers":{"work":{"clientId":"client-1","clientSecret":"a client secret",)"
    R"("authorizationEndpoint":"https://as.example/authorize","tokenEndpoint":"https://as.example/token",)"
    R"("scopes":"read"}},"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example","onSession":true})";
inline constexpr const char* kOpenid =
    R"({"providers":{"work":{"clientId":"client-1","clientSecret":"a client secret","issuer":"https://as.example",)"
    R"("authorizationEndpoint":"https://as.example/authorize","tokenEndpoint":"https://as.example/token",)"
    R"("jwksUri":"https://as.example/jwks","userinfoEndpoint":"https://as.example/me","scopes":"openid"}},)"
    R"("secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example","onSession":true})";

/// The value of a parameter in a URL whose values need no decoding.
inline std::string parameter_of(const std::string& url, const std::string& name) {
  const std::size_t at = url.find(name + "=");
  const std::size_t begin = at + name.size() + 1;
  return at == std::string::npos ? "" : url.substr(begin, url.find('&', begin) - begin);
}

/// One browser at one app: keeps the cookie of its sign-in and takes steps.
class CoreTest : public testing::Test {
 protected:
  void configure(const std::string& json) {
    ASSERT_EQ(handle(core_, Operation::configure, {json}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
  }

  StepCase run(Route route, RequestCase request) {
    request.fields.try_emplace(RequestField::now, kNow);
    request.fields.try_emplace(RequestField::entropy, make_entropy());
    request.fields.try_emplace(RequestField::method, "GET");
    return serve(core_, route, request);
  }

  StepCase answer(const StepCase& step, const std::string& body, const std::string& status = "200",
                  const std::string& content_type = "application/json") {
    return run(Route::callback, {.fields = {{RequestField::resume, step.at(fetch_field::resume)},
                                            {RequestField::status, status},
                                            {RequestField::content_type, content_type},
                                            {RequestField::answer, body}},
                                 .headers = {}});
  }

  /// The app's onSession answers.
  StepCase hook(const StepCase& step, const HookCase& said) {
    RequestCase request{.fields = {{RequestField::now, kNow}, {RequestField::route, "callback"}}, .headers = {}};
    return take_hook(core_, request, step, said);
  }

  /// Signs in up to the redirect to the provider.
  void begin(const std::string& next = "%2Fwelcome") {
    const std::string url = "/auth/sign-in?next=" + next;
    const StepCase step = run(Route::sign_in, {.fields = {{RequestField::url, url}}, .headers = {}});
    ASSERT_EQ(step.at(respond_field::status), "303") << step.at(respond_field::code);
    location_ = step.headers(respond_field::header_0, "location").at(0);
    const auto cookies = step.headers(respond_field::header_0, "set-cookie");
    ASSERT_EQ(cookies.size(), 1u);
    cookie_ = cookies[0].substr(0, cookies[0].find(';'));
    state_ = parameter_of(location_, "state");
  }

  StepCase call_back(const std::string& query) {
    return run(Route::callback, {.fields = {{RequestField::url, "https://app.example/auth/callback/work?" + query}},
                                 .headers = {{RequestHeader::cookie, cookie_}}});
  }

  void expect_failure(const StepCase& step, const std::string& code) {
    ASSERT_EQ(step.kind(), StepKind::respond);
    EXPECT_EQ(step.at(respond_field::code), code);
    for (const std::string& field : step.fields) EXPECT_EQ(field.find("\"access_token\":"), std::string::npos) << field;
    const auto location = step.headers(respond_field::header_0, "location");
    if (step.at(respond_field::status) == "303") {
      EXPECT_TRUE(location.at(0).starts_with("/auth/auth-code-error?error=" + code)) << location.at(0);
    }
  }

  Core core_;
  std::string location_;
  std::string cookie_;
  std::string state_;
};

}  // namespace landfall
