#pragma once

#include "openid_case.hpp"

namespace landfall {

/// Somebody with a session of our own and the provider's tokens, whose app asks about it.
class QuestionCase : public OpenIdCase {
 protected:
  static constexpr std::int64_t kHour = 3600;

  void keep_sessions(const vectors::Json& session = {{"tokens", true}},
                     const vectors::Json& more = vectors::Json::object()) {
    vectors::Json options = {{"session", session}};
    options.update(more);
    configure_providers(options);
  }

  /// A token response.
  static std::string tokens(const std::string& n, const std::string& more = {}) {
    return R"({"access_token":"at)" + n + R"(","refresh_token":"rt)" + n +
           R"(","token_type":"bearer","expires_in":3600)" + more + "}";
  }

  /// Signs in at a provider with tokens that live for an hour.
  void sign_in_at(const std::string& provider, const std::string& response = tokens("1")) {
    StepCase step = answer(begin(provider), response);
    if (step.kind() == StepKind::session) step = accept(step);
    ASSERT_EQ(step.at(respond_field::code), "");
    follow(step);
  }

  /// The cookies of an answer to a question.
  static std::vector<std::string> lines_of(const StepCase& step) {
    const bool is_token = step.kind() == StepKind::access_token;
    const auto first = is_token ? static_cast<std::size_t>(access_token_field::set_cookie_0)
                                : static_cast<std::size_t>(stored_session_field::set_cookie_0);
    return {step.fields.begin() + static_cast<std::ptrdiff_t>(first), step.fields.end()};
  }

  void take(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      const std::size_t equals = line.find('=');
      jar[line.substr(0, equals)] = line.substr(equals + 1, line.find(';') - equals - 1);
    }
  }

  StepCase ask_token(const std::string& minimum = {}) { return question(Operation::get_access_token, minimum); }

  static std::string token_of(const StepCase& step) {
    EXPECT_EQ(step.kind(), StepKind::access_token) << step.at(respond_field::code);
    return step.at(access_token_field::access_token);
  }

  static std::string code_of(const StepCase& step) {
    EXPECT_EQ(step.kind(), StepKind::respond);
    return step.at(respond_field::code);
  }
};

}  // namespace landfall
