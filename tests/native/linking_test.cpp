#include "question_case.hpp"

namespace landfall {
namespace {

/// Somebody who is signed in, and signs in once more.
class Linking : public QuestionCase {
 protected:
  void SetUp() override {
    keep_sessions();
    sign_in_at("plain");
    sid_ = Json::parse(question(Operation::get_user).at(stored_session_field::session)).at("sid").get<std::string>();
  }

  /// The SESSION of a sign-in that starts on a page of a site.
  StepCase start_on(const std::string& site) {
    const StepCase step = request(Route::sign_in, "/auth/sign-in?provider=plain", "GET",
                                  {{RequestHeader::sec_fetch_site, site}, {RequestHeader::sec_fetch_mode, "navigate"}});
    follow(step);
    state_ = parameter_of(location(step), "state");
    return step;
  }

  StepCase come_back() {
    return answer(request(Route::callback, "/auth/callback/plain?code=c&state=" + state_), tokens("2"));
  }

  std::string sid_;
  std::string state_;
};

TEST_F(Linking, TheSessionThatStartedItIsTold) {
  start_on("same-origin");
  const StepCase ask = come_back();
  ASSERT_EQ(ask.kind(), StepKind::session);
  EXPECT_EQ(Json::parse(ask.at(session_field::current)).at("sid"), sid_);
  follow(accept(ask));
  EXPECT_NE(Json::parse(question(Operation::get_user).at(stored_session_field::session)).at("sid"), sid_);
}

TEST_F(Linking, NotWhereAnotherSiteStartedIt) {
  for (const char* site : {"cross-site", "same-site", "none", ""}) {
    start_on(site);
    EXPECT_EQ(come_back().at(session_field::current), "") << site;
  }
}

TEST_F(Linking, NotWhereTheSessionEndedOrBeganInTheMeantime) {
  start_on("same-origin");
  const std::string mine = jar.at("__Host-landfall-session");
  jar.erase("__Host-landfall-session");
  EXPECT_EQ(come_back().at(session_field::current), "");
  jar["__Host-landfall-session"] = mine;
  start_on("");
  const std::string unlinked = state_;
  sign_in_at("plain");
  state_ = unlinked;
  EXPECT_EQ(come_back().at(session_field::current), "");
}

}  // namespace
}  // namespace landfall
