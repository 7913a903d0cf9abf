#include "supabase_case.hpp"

namespace landfall {
namespace {

/// What a host answers where it failed itself.
class Fail : public SupabaseCase {
 protected:
  StepCase fail(const std::string& code, const std::string& route, const std::string& method = "GET",
                const std::string& provider = {}) {
    return {handle(core, Operation::fail, {code, route, method, provider})};
  }
};

TEST_F(Fail, EveryRouteAnswersInItsOwnName) {
  configure();
  for (const char* route : {"sign_in", "callback", "sign_out", "confirm"}) {
    SCOPED_TRACE(route);
    const StepCase step = fail("entropy_unavailable", route, "GET", "bitbucket");
    expect_failure(step, "entropy_unavailable");
    EXPECT_EQ(step.at(respond_field::status), "303");
    EXPECT_EQ(step.at(respond_field::route), route);
    EXPECT_EQ(step.at(respond_field::provider), "bitbucket");
    EXPECT_EQ(step.at(respond_field::blame), "landfall");
    EXPECT_TRUE(step.at(respond_field::log)
                    .starts_with("landfall: " + std::string(route) +
                                 " entropy_unavailable blame=landfall provider=bitbucket: "))
        << step.at(respond_field::log);
    EXPECT_TRUE(location(step).starts_with("/auth/auth-code-error?error=entropy_unavailable"));
  }
}

// A redirect from the error page to the error page would never end.
TEST_F(Fail, AtTheErrorPageItIsThePage) {
  configure();
  const StepCase step = fail("internal_error", "error");
  EXPECT_EQ(step.at(respond_field::status), "200");
  EXPECT_EQ(page_of(step), "error");
  EXPECT_NE(step.at(respond_field::body).find("<code>internal_error</code>"), std::string::npos);
  EXPECT_EQ(step.at(respond_field::code), "internal_error");
  EXPECT_EQ(step.at(respond_field::route), "error");
  EXPECT_TRUE(location(step).empty());
  const StepCase head = fail("internal_error", "error", "HEAD");
  EXPECT_EQ(head.at(respond_field::body), "");
  EXPECT_EQ(std::vector<std::string>(head.fields.begin() + respond_field::header_0, head.fields.end()),
            std::vector<std::string>(step.fields.begin() + respond_field::header_0, step.fields.end()));
}

TEST_F(Fail, ACodeWithAStatusHasItsSentence) {
  configure();
  const StepCase step = fail("method_not_allowed", "callback", "PATCH");
  EXPECT_EQ(step.at(respond_field::status), "405");
  EXPECT_EQ(step.at(respond_field::body), "method_not_allowed: This address does not accept that HTTP method.\n");
  EXPECT_EQ(fail("method_not_allowed", "callback", "HEAD").at(respond_field::body), "");
}

TEST_F(Fail, WhatIsNotKnownIsAnInternalError) {
  configure();
  for (const char* code : {"", "no_such_code", "ok"}) {
    const StepCase step = fail(code, "nowhere");
    expect_failure(step, "internal_error");
    EXPECT_EQ(step.at(respond_field::route), "");
  }
  expect_failure(StepCase{handle(core, Operation::fail, {})}, "internal_error");
}

TEST(FailUnconfigured, HasAnAnswerToo) {
  Core core;
  const StepCase step{handle(core, Operation::fail, {"internal_error", "sign_in", "GET"})};
  EXPECT_EQ(step.at(respond_field::status), "303");
  EXPECT_EQ(step.at(respond_field::code), "internal_error");
}

// The provider's name comes from a caller, and every answer is one line of ASCII.
TEST(FailOfNobody, TheProviderThatACallerNamesIsPrintable) {
  Core core;
  const StepCase step{handle(core, Operation::fail, {"internal_error", "sign_in", "GET", "a\xC3\xA9\nb"})};
  EXPECT_EQ(step.at(respond_field::code), "internal_error");
  for (const std::string& field : step.fields)
    for (const char c : field) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_EQ(step.at(respond_field::log).find('\n'), std::string::npos);
}

TEST(FailOfNobody, TheProviderThatACallerNamesIsCut) {
  Core core;
  const std::string name(kMaxErrorBytes, 'a');
  for (const std::string& given : {name, name + "b"}) {
    const StepCase step{handle(core, Operation::fail, {"internal_error", "sign_in", "GET", given})};
    EXPECT_EQ(step.at(respond_field::provider), name);
  }
}

}  // namespace
}  // namespace landfall
