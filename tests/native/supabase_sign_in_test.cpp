#include "supabase_case.hpp"

namespace landfall {
namespace {

using SupabaseSignIn = SupabaseCase;

TEST_F(SupabaseSignIn, LeadsToAuthorize) {
  configure();
  const std::string flow_id = sign_in();
  EXPECT_TRUE(authorize.starts_with(std::string(kApi) + "/authorize?provider=bitbucket&")) << authorize;
  EXPECT_EQ(parameter_of(authorize, "redirect_to"), "https://app.example/auth/callback?sb_flow_id=" + flow_id);
  EXPECT_EQ(parameter_of(authorize, "scopes"), "account email");
  EXPECT_EQ(parameter_of(authorize, "prompt"), "consent");
  EXPECT_EQ(parameter_of(authorize, "code_challenge_method"), "s256");
  EXPECT_EQ(parameter_of(authorize, "code_challenge").size(), 43u);
  EXPECT_TRUE(jar.contains("__Host-landfall-" + flow_id.substr(0, 10)));
  EXPECT_EQ(jar.size(), 4u) << cookie_header();
  EXPECT_EQ(cookie("-flows-code-verifier"), as_cookie("[\"" + flow_id + "\"]"));
  EXPECT_EQ(cookie("-flow-" + flow_id + "-code-verifier"), cookie("-code-verifier"));
}

TEST_F(SupabaseSignIn, EachPartOfTheEntropyIsForOneSecret) {
  configure();
  const std::string bytes = make_entropy(entropy);
  const std::string flow_id = sign_in();
  const std::string state = as_cookie(bytes.substr(0, 32)).substr(7);
  const std::string verifier = as_cookie(bytes.substr(32, 32)).substr(7);
  EXPECT_TRUE(flow_id.starts_with(state + "-")) << flow_id;
  EXPECT_EQ(cookie("-code-verifier"), as_cookie("\"" + verifier + "\""));
}

TEST_F(SupabaseSignIn, TakesTheOnlyProvider) {
  configure();
  EXPECT_FALSE(sign_in("next=%2Fa").empty());
  EXPECT_EQ(parameter_of(authorize, "provider"), "bitbucket");
  expect_failure(request(Route::sign_in, "/auth/sign-in?provider=nobody"), "provider_unknown");
}

TEST_F(SupabaseSignIn, LeavesRedirectToAloneWhereTheAppSaysSo) {
  configure({{"exactRedirectTo", true}});
  EXPECT_EQ(sign_in(), "");
  EXPECT_EQ(parameter_of(authorize, "redirect_to"), "https://app.example/auth/callback");
}

TEST_F(SupabaseSignIn, KeepsFiveFlows) {
  configure();
  std::vector<std::string> flow_ids;
  for (int i = 0; i < 7; ++i) {
    flow_ids.push_back(sign_in());
    ++now;
  }
  EXPECT_EQ(cookie("-flow-" + flow_ids[1] + "-code-verifier"), "");
  std::string index;
  for (std::size_t i = 2; i < 7; ++i) {
    EXPECT_NE(cookie("-flow-" + flow_ids[i] + "-code-verifier"), "") << i;
    index += (index.empty() ? "[\"" : "\",\"") + flow_ids[i];
  }
  EXPECT_EQ(cookie("-flows-code-verifier"), as_cookie(index + "\"]"));
  // Each of them can still be finished.
  for (std::size_t i = 2; i < 7; ++i)
    EXPECT_EQ(call_back("code=" + std::string(kCode) + "&sb_flow_id=" + flow_ids[i]).kind(), StepKind::fetch) << i;
}

TEST_F(SupabaseSignIn, StartsWithoutARequest) {
  configure();
  std::vector<std::string> fields(17);
  fields[0] = std::to_string(now);
  fields[1] = make_entropy('z');
  fields[2] = "github";
  fields[3] = "/x";
  fields[4] = "repo";
  fields[5] = "prompt=none&a=b%20c";
  fields[6] = "https://app.example/other?x=1#f";
  const auto started = handle(core, Operation::start, fields);
  ASSERT_EQ(started.at(0), std::to_string(static_cast<int>(StepKind::started)));
  EXPECT_EQ(parameter_of(started.at(started_field::url), "provider"), "github");
  EXPECT_EQ(parameter_of(started.at(started_field::url), "scopes"), "repo");
  EXPECT_EQ(parameter_of(started.at(started_field::url), "prompt"), "none");
  EXPECT_EQ(parameter_of(started.at(started_field::url), "a"), "b c");
  EXPECT_EQ(parameter_of(started.at(started_field::url), "redirect_to"),
            "https://app.example/other?x=1&sb_flow_id=" + started.at(started_field::state) + "#f");
  EXPECT_EQ(started.size(), started_field::set_cookie_0 + 4u);

  for (const char* reserved : {"provider=x", "redirect_to=x", "scopes=x", "code_challenge=x", "code_challenge_method=x",
                               "state=x", "a=b&stat%65=x"}) {
    fields[5] = reserved;
    const StepCase refused{handle(core, Operation::start, fields)};
    EXPECT_EQ(refused.at(respond_field::code), "config_invalid") << reserved;
    EXPECT_EQ(refused.at(respond_field::parameter), "queryParams") << reserved;
  }
}

}  // namespace
}  // namespace landfall
