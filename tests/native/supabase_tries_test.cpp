#include "supabase_case.hpp"

namespace landfall {
namespace {

/// A code is redeemed with one verifier after another, and again after a failure in passing.
using SupabaseTries = SupabaseCase;

TEST_F(SupabaseTries, AsksAgainAfterAFailureInPassing) {
  configure();
  const std::string flow_id = sign_in();
  StepCase step = call_back(with_code("&sb_flow_id=" + flow_id));
  const std::string body = step.at(fetch_field::body);
  for (const char* delay : {"200", "400"}) {
    step = answer(step, "<html>", 503, {}, "text/html");
    ASSERT_EQ(step.kind(), StepKind::fetch);
    EXPECT_EQ(step.at(fetch_field::delay), delay);
    EXPECT_EQ(step.at(fetch_field::body), body);
  }
  const StepCase failed = answer(step, "", 0, "network");
  expect_failure(failed, "token_network");
  EXPECT_TRUE(set_cookies(failed).empty()) << "the verifier stays: loading the page again may do";
  EXPECT_EQ(accept(answer(step, kSessionJson)).at(respond_field::code), "");
  // A timeout has taken all the time there is.
  const StepCase late = answer(call_back(with_code("&sb_flow_id=" + flow_id)), "", 0, "timeout");
  expect_failure(late, "token_timeout");
  EXPECT_TRUE(set_cookies(late).empty()) << "the code may still be good";
}

TEST_F(SupabaseTries, AsksNoMoreWhenTheFlowHasExpiredThere) {
  configure();
  const std::string flow_id = sign_in();
  now += kSupabaseFlowSeconds - 1;
  EXPECT_EQ(answer(call_back(with_code("&sb_flow_id=" + flow_id)), "", 503).kind(), StepKind::fetch);
  ++now;
  const StepCase fetch = call_back(with_code("&sb_flow_id=" + flow_id));
  ASSERT_EQ(fetch.kind(), StepKind::fetch) << "it is the server's to say";
  expect_failure(answer(fetch, "", 503), "token_status");
  now = kSupabaseNow + kTransactionSeconds;
  expect_failure(call_back(with_code("&sb_flow_id=" + flow_id)), "transaction_expired");
}

TEST_F(SupabaseTries, TriesTheNextVerifierWhereNothingNamesTheFlow) {
  configure({{"exactRedirectTo", true}});
  sign_in("provider=bitbucket&next=%2Ffirst");
  const std::string first = cookie("-code-verifier");
  ++now;
  sign_in("provider=bitbucket&next=%2Fsecond");
  const std::string second = cookie("-code-verifier");
  StepCase step = call_back(with_code());
  ASSERT_EQ(step.kind(), StepKind::fetch);
  EXPECT_EQ(as_cookie("\"" + body_of(step).at("code_verifier").get<std::string>() + "\""), second);
  expect_failure(answer(step, R"({"code":"flow_state_expired","message":"m"})", 422), "flow_state_expired");
  step = answer(step, kBadVerifier, 400);
  ASSERT_EQ(step.kind(), StepKind::fetch);
  EXPECT_EQ(as_cookie("\"" + body_of(step).at("code_verifier").get<std::string>() + "\""), first);
  EXPECT_EQ(body_of(step).at("auth_code"), kCode);

  const StepCase failed = answer(step, kBadVerifier, 400);
  expect_failure(failed, "bad_code_verifier");
  EXPECT_TRUE(set_cookies(failed).empty()) << "whose code it is was never known";
  expect_failure(answer(step, R"({"code":"flow_state_expired","message":"m"})", 422), "flow_state_expired");

  const StepCase ask = answer(step, kSessionJson);
  EXPECT_EQ(session_of(ask).at("access_token"), "at");
  const StepCase done = accept(ask);
  EXPECT_EQ(location(done), "/first#");
  follow(done);
  EXPECT_EQ(cookie("-code-verifier"), second) << "the other sign-in can still be finished";
}

// A server that counts requests says when to come again. Otherwise the person does.
TEST_F(SupabaseTries, WaitsAsLongAsTheServerSays) {
  configure();
  const std::string flow_id = sign_in();
  const StepCase step = call_back(with_code("&sb_flow_id=" + flow_id));
  EXPECT_EQ(step.at(fetch_field::deadline), "12000") << "longer than the server's own";
  const auto limited = [&](const std::string& retry_after, int status = 429) {
    last_.fields[RequestField::retry_after] = retry_after;
    return answer(step, R"({"code":"over_request_rate_limit","message":"Request rate limit reached"})", status);
  };
  for (const char* none : {"", "0", "6", "soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"}) {
    const StepCase failed = limited(none);
    expect_failure(failed, "over_request_rate_limit");
    EXPECT_TRUE(set_cookies(failed).empty()) << "a reload may still sign in";
  }
  EXPECT_EQ(limited("1").at(fetch_field::delay), "1000");
  EXPECT_EQ(limited(" 5 ").at(fetch_field::delay), "5000");
  EXPECT_EQ(limited("", 503).at(fetch_field::delay), std::to_string(kRetryDelayMilliseconds));
  EXPECT_EQ(limited("5", 503).at(fetch_field::delay), "5000");
  EXPECT_EQ(limited("6", 503).kind(), StepKind::respond);
}

TEST_F(SupabaseTries, TriesOnceMoreAfterTheServersOwnDeadline) {
  configure();
  hold_verifier("", verifier('u'));
  const std::string late = R"({"code":"request_timeout","message":"Processing this request timed out"})";
  const StepCase again = answer(call_back(with_code()), late, 504);
  ASSERT_EQ(again.kind(), StepKind::fetch);
  const StepCase failed = answer(again, late, 504);
  expect_failure(failed, "supabase_unavailable");
  EXPECT_EQ(failed.at(respond_field::detail), "request_timeout");
  EXPECT_EQ(failed.at(respond_field::provider_status), "504");
  EXPECT_EQ(answer(again, late, 503).kind(), StepKind::fetch) << "a short failure gets both";
}

// The slower of two responses at once must not end the sign-in of the faster one.
TEST_F(SupabaseTries, ALostRaceLeavesTheSignIn) {
  configure();
  const std::string flow_id = sign_in();
  for (const char* lost : {"error=invalid_request&error_code=flow_state_already_used",
                           "error=server_error&error_code=unexpected_failure&error_description=Database+error",
                           "error=temporarily_unavailable"}) {
    const StepCase failed = call_back(std::string(lost) + "&sb_flow_id=" + flow_id);
    EXPECT_EQ(failed.kind(), StepKind::respond);
    EXPECT_TRUE(set_cookies(failed).empty()) << lost;
  }
  EXPECT_EQ(call_back(with_code("&sb_flow_id=" + flow_id)).kind(), StepKind::fetch);
  EXPECT_FALSE(set_cookies(call_back("error=access_denied&sb_flow_id=" + flow_id)).empty());
}

TEST_F(SupabaseTries, TriesOneVerifierThatNothingSeals) {
  configure();
  for (int i = 0; i < 12; ++i) hold_verifier("flow-number-" + std::to_string(i), verifier(static_cast<char>('a' + i)));
  const StepCase step = call_back(with_code());
  ASSERT_EQ(step.kind(), StepKind::fetch);
  EXPECT_EQ(body_of(step).at("code_verifier"), verifier('l')) << "the newest";
  expect_failure(answer(step, kBadVerifier, 400), "bad_code_verifier");
}

TEST_F(SupabaseTries, TriesEverySealedVerifierAndRetriesTwiceInAll) {
  configure({{"exactRedirectTo", true}});
  for (std::size_t i = 0; i < kMaxTransactions; ++i, ++now) sign_in();
  hold_verifier("", verifier('u'));
  StepCase step = call_back(with_code());
  std::size_t tried = 0;
  std::set<std::string> seen;
  for (int passing = 0; step.kind() == StepKind::fetch && tried < 20; ++tried) {
    const bool is_new = seen.insert(body_of(step).at("code_verifier").get<std::string>()).second;
    // Now and then the server has a moment.
    const bool fails = is_new && passing < 2 && tried % 2 == 1;
    passing += fails ? 1 : 0;
    EXPECT_TRUE(is_new || step.at(fetch_field::delay) != "0");
    step = fails ? answer(step, "", 503) : answer(step, kBadVerifier, 400);
  }
  EXPECT_EQ(seen.size(), kMaxSealedAttempts + kMaxUnsealedAttempts);
  EXPECT_EQ(tried, seen.size() + static_cast<std::size_t>(kMaxRetries));
  expect_failure(step, "bad_code_verifier");
}

}  // namespace
}  // namespace landfall
