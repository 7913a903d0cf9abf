#pragma once

#include "question_case.hpp"

namespace landfall {

/// Somebody who is signed in through Supabase, by a project that signs with a key pair.
class VerifiedSession : public QuestionCase {
 protected:
  void SetUp() override {
    configure();
    hold(sign("RS256", claims()));
  }

  [[nodiscard]] Json claims() const {
    return {{"sub", "u-1"}, {"exp", now + kHour}, {"email", "a@b.c"}, {"app_metadata", {{"provider", "github"}}}};
  }

  void hold(const std::string& access_token, std::int64_t expires_at = kSupabaseNow + kHour,
            const std::string& refresh_token = "rt") {
    const Json session = {{"access_token", access_token},
                          {"refresh_token", refresh_token},
                          {"expires_at", expires_at},
                          {"user", {{"id", "somebody-else"}}}};
    jar[std::string(kKey)] = as_cookie(session.dump());
  }

  StepCase ask() { return question(Operation::get_user); }

  static Json session_of(const StepCase& step) {
    EXPECT_EQ(step.kind(), StepKind::stored_session) << step.at(respond_field::code);
    const std::string json = step.at(stored_session_field::session);
    return json.empty() ? Json() : Json::parse(json);
  }
};

}  // namespace landfall
