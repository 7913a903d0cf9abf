#include "rules/setting.hpp"

#include "vectors.hpp"

namespace landfall {
namespace {

TEST(Setting, AnOptionComesFromAVariable) {
  const std::vector<std::pair<std::string, std::string>> variables = {
      {"secret", "AUTH_SECRET"},
      {"origin", "APP_ORIGIN"},
      {"supabase.url", "SUPABASE_URL"},
      {"supabase.key", "SUPABASE_ANON_KEY"},
      {"providers.github.clientId", "GITHUB_CLIENT_ID"},
      {"providers.github.clientSecret", "GITHUB_CLIENT_SECRET"},
      {"providers.my-work.clientId", "MY_WORK_CLIENT_ID"},
      {"providers.my_work.issuer", "MY_WORK_ISSUER"},
      {"providers.my{work~.clientId", "MY_WORK__CLIENT_ID"},
      {"providers.work2.tokenEndpoint", "WORK2_TOKEN_ENDPOINT"},
      {"providers.Work.clientId", "WORK_CLIENT_ID"},
      {"providers.workABC.clientId", "WORK_ABC_CLIENT_ID"},
      {"supabase.cookieOptions.name", "SUPABASE_COOKIE_OPTIONS_NAME"},
      // The app's own code, and no variable's.
      {"onSession", ""},
      {"onSignOut", ""},
  };
  for (const auto& [option, variable] : variables) EXPECT_EQ(variable_name(option), variable) << option;
}

TEST(Setting, TheSentenceNamesTheOptionAndWhatToLookAt) {
  EXPECT_EQ(explain_not_set("providers.github.clientSecret"),
            "`providers.github.clientSecret` has no value: is the environment variable GITHUB_CLIENT_SECRET set?");
  EXPECT_EQ(explain_not_set("secret"), "`secret` has no value: is the environment variable AUTH_SECRET set?");
  EXPECT_EQ(explain_not_set("onSession"),
            "`onSession` is undefined when createAuth reads it: is it exported, and imported in time?");
}

}  // namespace
}  // namespace landfall
