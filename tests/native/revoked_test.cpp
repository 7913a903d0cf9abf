#include "question_case.hpp"

namespace landfall {
namespace {

class Revoked : public QuestionCase {
 protected:
  void SetUp() override {
    keep_sessions({{"tokens", true}}, {{"isRevoked", true}});
    sign_in_at("plain");
  }
};

constexpr auto kQuestions =
    std::to_array<Operation>({Operation::get_user, Operation::require_session, Operation::get_access_token});

TEST_F(Revoked, TheAppIsAskedBeforeEachAnswer) {
  for (const Operation operation : kQuestions) {
    const StepCase ask = question(operation);
    ASSERT_EQ(ask.kind(), StepKind::revoked);
    const Json session = Json::parse(ask.at(revoked_field::session));
    EXPECT_EQ(session.at("sid").get<std::string>(), ask.at(revoked_field::sid));
    EXPECT_EQ(session.at("provider"), "plain");
    const StepKind wanted =
        operation == Operation::get_access_token ? StepKind::access_token : StepKind::stored_session;
    EXPECT_EQ(answer(ask, "", 0).kind(), wanted);
  }
}

TEST_F(Revoked, AnEndedSessionIsNobodyAndItsCookiesGo) {
  const StepCase nobody = answer(question(Operation::get_user), "", 1);
  ASSERT_EQ(nobody.kind(), StepKind::stored_session);
  EXPECT_EQ(nobody.at(stored_session_field::session), "");
  ASSERT_EQ(lines_of(nobody).size(), 2u);
  EXPECT_TRUE(lines_of(nobody)[0].starts_with("__Host-landfall-session=; "));
  EXPECT_TRUE(lines_of(nobody)[1].starts_with("__Host-landfall-tokens=; "));
  const StepCase refused = answer(question(Operation::require_session), "", 1);
  EXPECT_EQ(refused.at(respond_field::status), "401");
  EXPECT_EQ(set_cookies(refused).size(), 2u);
  EXPECT_EQ(refused.at(respond_field::log), "") << "that nobody is signed in is no event";
  const StepCase missing = answer(question(Operation::get_access_token), "", 1);
  EXPECT_EQ(code_of(missing), "session_missing");
  EXPECT_EQ(set_cookies(missing).size(), 2u);
}

TEST_F(Revoked, AnAppThatFailsLetsNobodyIn) {
  for (const Operation operation : kQuestions) {
    const StepCase failed = answer(question(operation), "", 0, "refused");
    EXPECT_EQ(code_of(failed), "session_unavailable");
    EXPECT_NE(failed.at(respond_field::log), "");
    EXPECT_TRUE(set_cookies(failed).empty());
  }
}

TEST_F(Revoked, AResumeWithoutAnAnswerIsAnError) {
  last_.fields[RequestField::resume] = question(Operation::get_user).at(revoked_field::resume);
  for (const Operation operation : kQuestions) {
    const StepCase step{handle(core, operation, last_.list())};
    EXPECT_EQ(code_of(step), "internal_error");
    EXPECT_EQ(step.at(respond_field::parameter), "resume");
  }
}

TEST_F(Revoked, NobodyIsAskedAboutNobody) {
  jar.clear();
  EXPECT_EQ(question(Operation::get_user).kind(), StepKind::stored_session);
  EXPECT_EQ(code_of(question(Operation::get_access_token)), "session_missing");
}

}  // namespace
}  // namespace landfall
