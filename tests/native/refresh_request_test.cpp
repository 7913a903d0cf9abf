#include "question_case.hpp"

namespace landfall {
namespace {

/// The request that a refresh makes.
class RefreshRequest : public QuestionCase {
 protected:
  void SetUp() override { keep_sessions(); }
};

TEST_F(RefreshRequest, AClientSecretIsSigned) {
  StepCase step = answer(answer(begin("signing"), kSignature), tokens("1"));
  follow(accept(step));
  now += kHour;
  const StepCase sign = ask_token();
  ASSERT_EQ(sign.kind(), StepKind::sign);
  EXPECT_EQ(sign.at(sign_field::key).empty(), false);
  const StepCase fetch = answer(sign, kSignature);
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_NE(fetch.at(fetch_field::body).find("client_secret="), std::string::npos);
  EXPECT_EQ(token_of(answer(fetch, tokens("2"))), "at2");
  EXPECT_EQ(code_of(answer(sign, "")), "client_secret_unsigned");
}

TEST_F(RefreshRequest, TheMetadataNamesTheEndpoint) {
  const std::string metadata = R"({"issuer":"https://op.example","authorization_endpoint":"https://op.example/a",)"
                               R"("token_endpoint":"https://op.example/t"})";
  const Json plain = {
      {"clientId", "client-1"}, {"clientSecret", kClientSecret}, {"issuer", "https://op.example"}, {"scopes", "read"}};
  configure(Json::object(), {{"session", {{"tokens", true}}}, {"providers", {{"discovered", plain}}}});
  const auto with_metadata = [&](const StepCase& step) { return answer(step, metadata); };
  const StepCase start = request(Route::sign_in, "/auth/sign-in?provider=discovered");
  const StepCase started = with_metadata(start);
  follow(started);
  const std::string state = parameter_of(location(started), "state");
  const StepCase back = request(Route::callback, "/auth/callback/discovered?code=c&state=" + state);
  follow(accept(answer(with_metadata(back), tokens("1"))));
  now += kHour;
  const StepCase asked = ask_token();
  EXPECT_EQ(asked.at(fetch_field::url), "https://op.example/.well-known/oauth-authorization-server");
  const StepCase fetch = with_metadata(asked);
  EXPECT_EQ(fetch.at(fetch_field::keep), "1");
  EXPECT_EQ(fetch.at(fetch_field::url), "https://op.example/t");
  EXPECT_EQ(token_of(answer(fetch, tokens("2"))), "at2");
  EXPECT_EQ(code_of(answer(asked, "", 500)), "discovery_unavailable");
}

TEST_F(RefreshRequest, HasTheHeadersOfTheProvider) {
  const Json like_github = {{"use", "github"},
                            {"clientId", "client-1"},
                            {"clientSecret", kClientSecret},
                            {"authorizationEndpoint", "https://as.example/authorize"},
                            {"tokenEndpoint", "https://as.example/token"}};
  keep_sessions({{"tokens", true}}, {{"providers", {{"work", like_github}}}});
  sign_in_at("work");
  now += kHour;
  EXPECT_EQ(ask_token().headers(fetch_field::header_0, "user-agent"), std::vector<std::string>{"landfall"});
}

}  // namespace
}  // namespace landfall
