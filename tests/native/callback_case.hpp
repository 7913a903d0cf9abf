#pragma once

#include <map>
#include <string>

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/memory.hpp"
#include "core_case.hpp"

/// An app with direct providers, and one browser.
namespace landfall {

/// Bytes in base64url.
inline std::string encode(std::string_view bytes) {
  Memory memory;
  const MemoryScope scope(memory);
  return std::string(base64url(bytes).view());
}

inline std::string options(const std::string& providers) {
  return R"({"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example","providers":{)" + providers +
         "}}";
}

inline std::string provider(const std::string& name, const std::string& more) {
  return "\"" + name + R"(":{"clientId":"client-1","clientSecret":"s",)" + more + "}";
}

inline const std::string kEndpoints =
    R"("authorizationEndpoint":"https://as.example/authorize","tokenEndpoint":"https://as.example/token")";
inline const std::string kIssuer = R"("issuer":"https://as.example")";

/// Each guard of the callback by itself: what it lets through otherwise is a request for a token.
class CallbackCase : public testing::Test {
 protected:
  void configure(const std::string& providers) {
    ASSERT_EQ(handle(core_, Operation::configure, {options(providers)}).at(0),
              std::to_string(static_cast<int>(StepKind::ready)));
  }

  static RequestCase complete(RequestCase request) {
    request.fields.try_emplace(RequestField::now, "1750000000");
    request.fields.try_emplace(RequestField::entropy, make_entropy());
    request.fields.try_emplace(RequestField::method, "GET");
    return request;
  }

  StepCase run(Route route, const RequestCase& request) { return serve(core_, route, complete(request)); }

  void begin(const std::string& query = "", const std::map<RequestField, std::string>& metadata = {}) {
    RequestCase request{.fields = metadata, .headers = {}};
    request.fields[RequestField::url] = "/auth/sign-in?provider=work" + query;
    const StepCase step = run(Route::sign_in, request);
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
    const StepCase step = run(Route::callback, request);
    ASSERT_EQ(step.kind(), StepKind::respond) << code;
    EXPECT_EQ(step.at(respond_field::code), code);
  }

  Core core_;
  std::string cookie_;
  std::string state_;
};

}  // namespace landfall
