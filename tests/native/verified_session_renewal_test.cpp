#include "verified_session_case.hpp"

namespace landfall {
namespace {

class VerifiedSessionRenewal : public VerifiedSession {};

TEST_F(VerifiedSessionRenewal, AnAccessTokenIsRenewedForTheMinimum) {
  hold("opaque", now + 300);
  EXPECT_EQ(token_of(ask_token()), "opaque");
  EXPECT_EQ(ask_token().at(access_token_field::expires_at), std::to_string(now + 300));
  EXPECT_EQ(token_of(ask_token("300")), "opaque");
  const StepCase found = answer(ask_token("301"), kSessionJson);
  EXPECT_EQ(token_of(found), "at");
  EXPECT_EQ(found.at(access_token_field::expires_at), "1768482000") << "as the server says";
  const std::string without =
      R"({"access_token":"at","token_type":"bearer","expires_in":3600,"refresh_token":"rt","user":{"id":"u"}})";
  const StepCase fetch = ask_token("301");
  last_.fields[RequestField::age] = "50";
  EXPECT_EQ(answer(fetch, without).at(access_token_field::expires_at), std::to_string(now - 50 + kHour));
}

TEST_F(VerifiedSessionRenewal, WhatPassesEndsNoSession) {
  hold("opaque", now + 10);
  const StepCase soon = ask_token();
  for (const int status : {409, 429, 500, 503, 504})
    EXPECT_EQ(token_of(answer(soon, "{}", status)), "opaque") << status;
  EXPECT_EQ(token_of(answer_failure(soon, "timeout", "")), "opaque");
  hold("opaque", now);
  const StepCase over = ask_token();
  for (const int status : {409, 429, 500}) {
    const StepCase failed = answer(over, "{}", status);
    EXPECT_NE(code_of(failed), "") << status;
    EXPECT_TRUE(set_cookies(failed).empty()) << status;
  }
  const StepCase wrong = answer(over, R"({"message":"Invalid API key"})", 401);
  EXPECT_EQ(code_of(wrong), "supabase_key_invalid");
  EXPECT_TRUE(set_cookies(wrong).empty());
}

TEST_F(VerifiedSessionRenewal, ARefusedRefreshTokenEndsIt) {
  hold("opaque", now + 10);
  const std::string refusal = R"({"code":"refresh_token_not_found","message":"Invalid Refresh Token"})";
  const StepCase nobody = answer(ask(), refusal, 400);
  EXPECT_EQ(session_of(nobody), Json());
  ASSERT_EQ(lines_of(nobody).size(), 1u);
  EXPECT_NE(lines_of(nobody)[0].find("Max-Age=0"), std::string::npos);
  const StepCase missing = answer(ask_token(), refusal, 400);
  EXPECT_EQ(code_of(missing), "session_missing");
  EXPECT_EQ(set_cookies(missing).size(), 1u);
}

TEST_F(VerifiedSessionRenewal, WithoutARefreshTokenItLivesToItsEnd) {
  hold("opaque", now + 1, "");
  EXPECT_EQ(token_of(ask_token()), "opaque");
  hold("opaque", now, "");
  EXPECT_EQ(code_of(ask_token()), "session_missing");
}

}  // namespace
}  // namespace landfall
