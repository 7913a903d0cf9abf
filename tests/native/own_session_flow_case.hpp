#pragma once

#include "callback_case.hpp"
#include "vectors.hpp"

namespace landfall {

using vectors::Json;

inline constexpr std::int64_t kSignedInAt = 1'750'000'000;
inline constexpr std::int64_t kWeek = std::int64_t{7} * 86'400;

/// An app that keeps sessions of its own, and one browser.
class OwnSessionFlowCase : public testing::Test {
 protected:
  void configure(const std::string& more = {}, const std::string& session = "true") {
    const std::string options = R"({"secret":"0123456789abcdef0123456789abcdef","origin":"https://app.example",)"
                                R"("session":)" +
                                session + R"(,"providers":{)" + provider("work", kEndpoints) + "}" + more + "}";
    const auto ready = handle(core_, Operation::configure, {options});
    ASSERT_EQ(ready.at(0), std::to_string(static_cast<int>(StepKind::ready))) << ready.at(3);
  }

  [[nodiscard]] RequestCase request(const std::string& path) const {
    return {.fields = {{RequestField::now, std::to_string(now_)},
                       {RequestField::entropy, make_entropy(entropy_)},
                       {RequestField::method, "GET"},
                       {RequestField::url, "https://app.example" + path}},
            .headers = {{RequestHeader::cookie, cookie_}}};
  }

  StepCase ask(Operation operation, const RequestCase& request) { return {handle(core_, operation, request.list())}; }

  /// Takes the cookies that an answer sets.
  void take_cookies(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
      if (line.find("-session") != std::string::npos) cookie_ = line.substr(0, line.find(';'));
  }

  /// Signs in up to the token response, or to the app's hook.
  StepCase sign_in() {
    const StepCase begun = serve(core_, Route::sign_in, request("/auth/sign-in?next=%2Fwelcome"));
    const std::string line = begun.headers(respond_field::header_0, "set-cookie").at(0);
    cookie_ = line.substr(0, line.find(';'));
    const std::string location = begun.headers(respond_field::header_0, "location").at(0);
    const std::size_t at = location.find("&state=") + 7;
    const std::string state = location.substr(at, location.find('&', at) - at);
    const StepCase fetch = serve(core_, Route::callback, request("/auth/callback/work?code=c&state=" + state));
    RequestCase answer = request("/auth/callback/work");
    answer.fields[RequestField::resume] = fetch.at(fetch_field::resume);
    answer.fields[RequestField::status] = "200";
    answer.fields[RequestField::content_type] = "application/json";
    answer.fields[RequestField::answer] = R"({"access_token":"t","token_type":"bearer"})";
    return serve(core_, Route::callback, answer);
  }

  /// Signs in to the end. @return the Set-Cookie values
  std::vector<std::string> signed_in() {
    const auto lines = sign_in().headers(respond_field::header_0, "set-cookie");
    take_cookies(lines);
    return lines;
  }

  [[nodiscard]] Json session_of(const StepCase& found) const {
    EXPECT_EQ(found.kind(), StepKind::stored_session) << found.at(respond_field::code);
    const std::string json = found.at(stored_session_field::session);
    return json.empty() ? Json() : Json::parse(json);
  }

  Core core_;
  std::string cookie_;
  std::int64_t now_ = kSignedInAt;
  char entropy_ = 'e';
};

}  // namespace landfall
