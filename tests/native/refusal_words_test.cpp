// The words of the app's own hook, for the person whom it refuses.
#include "supabase_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

constexpr const char* kRefused = "error=access_denied&error_code=&error_description=Nur%20f%C3%BCr%20%3CMitglieder%3E";

class RefusalWords : public SupabaseCase {
 protected:
  /// The custom access token hook refuses with a sentence.
  StepCase refuse(const std::string& sentence) {
    const StepCase fetch = call_back(with_code("&sb_flow_id=" + sign_in()));
    return answer(fetch, Json{{"code", "unknown"}, {"message", sentence}}.dump(), 403);
  }

  /// The usual redirect, which carries the code alone.
  static void expect_plain(const StepCase& step, const std::string& code) {
    EXPECT_EQ(location(step), "/auth/auth-code-error?error=" + code + "&provider=bitbucket&next=%2Fwelcome#");
  }

  static bool says(const StepCase& page, const std::string& html) {
    return page.at(respond_field::body).find("<blockquote dir=\"auto\">" + html + "</blockquote>") != std::string::npos;
  }
};

TEST_F(RefusalWords, StandOnOurPage) {
  configure();
  for (const StepCase& page :
       {refuse("Nur f\u00fcr <Mitglieder>"), call_back(kRefused + ("&sb_flow_id=" + sign_in()))}) {
    EXPECT_EQ(page.at(respond_field::status), "403");
    EXPECT_EQ(page.at(respond_field::code), "supabase_hook_refused");
    EXPECT_TRUE(says(page, "Nur f&#252;r &#60;Mitglieder&#62;")) << page.at(respond_field::body);
    EXPECT_EQ(page.at(respond_field::description), "Nur f??r <Mitglieder>");
    EXPECT_EQ(page.at(respond_field::provider), "bitbucket");
    EXPECT_EQ(page.at(respond_field::next), "/welcome");
    EXPECT_FALSE(set_cookies(page).empty()) << "the sign-in is over";
  }
}

TEST_F(RefusalWords, OfALinkThatSomebodyElseWroteStandNowhere) {
  configure();
  sign_in();
  for (const char* flow_id : {"", "&sb_flow_id=", "&sb_flow_id=AAAAAAAAAAAA"}) {
    const StepCase step = call_back(std::string(kRefused) + flow_id);
    expect_failure(step, "supabase_hook_refused");
    EXPECT_EQ(location(step).find("Mitglieder"), std::string::npos);
  }
}

TEST_F(RefusalWords, OfAHookAloneAndOnlySoMany) {
  configure();
  EXPECT_TRUE(says(refuse(std::string(kMaxErrorDescriptionBytes, 'w')), std::string(kMaxErrorDescriptionBytes, 'w')));
  expect_plain(refuse(std::string(kMaxErrorDescriptionBytes + 1, 'w')), "supabase_hook_refused");
  for (const char* odd : {"", "a\nb", "\x1b[31m", "\x7f", "\u0080", "\u009f", "\ufdd0", "\ufdef", "\U0001fffe"})
    expect_plain(refuse(odd), "supabase_hook_refused");
  for (const char* plain : {" ", "~", "\u00a0", "\ufdcf", "\ufdf0", "\ufffd", "\U0001f600"})
    EXPECT_EQ(refuse(plain).at(respond_field::status), "403") << plain;
  const StepCase denied = call_back("error=access_denied&error_description=Words&sb_flow_id=" + sign_in());
  expect_plain(denied, "provider_access_denied");
}

TEST_F(RefusalWords, AreForThePageOfTheAppWhereItHasOne) {
  configure(Json::object(), {{"paths", {{"error", "/oops"}}}});
  const StepCase step = refuse("Members only");
  EXPECT_EQ(step.at(respond_field::status), "303");
  EXPECT_EQ(location(step).rfind("/oops?error=supabase_hook_refused&", 0), 0u) << location(step);
  EXPECT_EQ(step.at(respond_field::description), "Members only");
}

}  // namespace
}  // namespace landfall
