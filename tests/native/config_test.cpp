#include "codec/config.hpp"

#include "codec/nearest.hpp"
#include "core_case.hpp"
#include "rules/setting.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

VECTOR_TEST(Config, config) {
  Core core;
  const auto fields = handle(core, Operation::configure, {bytes(c.at("config"))});
  ASSERT_GE(fields.size(), 4u);
  const auto kind = static_cast<StepKind>(std::stoi(fields[0]));
  if (c.contains("refused")) {
    ASSERT_EQ(kind, StepKind::refused);
    EXPECT_EQ(std::vector<std::string>(fields.begin() + refused_field::parameter, fields.end()),
              c.at("refused").get<std::vector<std::string>>());
    return;
  }
  ASSERT_EQ(kind, StepKind::ready) << fields.at(refused_field::parameter);
  const Json& ready = c.at("ready");
  // The first one, of the sign-in, is the core's alone.
  const auto paths = ready.at("paths").get<std::vector<std::string>>();
  EXPECT_EQ((std::vector<std::string>{fields.at(ready_field::callback_path), fields.at(ready_field::sign_out_path),
                                      fields.at(ready_field::error_path)}),
            std::vector<std::string>(paths.begin() + 1, paths.end()));
  const StepCase sign_in = serve(
      core, Route::none, {.fields = {{RequestField::method, "HEAD"}, {RequestField::url, paths.at(0)}}, .headers = {}});
  EXPECT_EQ(sign_in.at(respond_field::route), "sign_in");
  std::string missing;
  for (const Json& option : ready.at("missing")) {
    const Text variable = variable_name(option.get<std::string>());
    missing += option.get<std::string>() + " " + std::string(variable.view()) + "\n";
  }
  EXPECT_EQ(fields.at(ready_field::missing), missing);
  std::vector<std::string> providers;
  for (const Json& row : ready.at("providers"))
    for (const Json& text : row) providers.push_back(text.get<std::string>());
  EXPECT_EQ(std::vector<std::string>(fields.begin() + ready_field::provider_0, fields.end()), providers);
}

/// Where a sign-in leads.
std::string location_of(const std::string& provider) {
  Core core;
  const std::string config = R"({"origin":"https://app.example","providers":{)" + provider + "}}";
  EXPECT_EQ(handle(core, Operation::configure, {config}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
  const StepCase step = serve(core, Route::sign_in,
                              {.fields = {{RequestField::now, "1750000000"},
                                          {RequestField::entropy, make_entropy()},
                                          {RequestField::method, "GET"},
                                          {RequestField::url, "/auth/sign-in"}},
                               .headers = {}});
  const auto locations = step.headers(respond_field::header_0, "location");
  return locations.empty() ? step.at(respond_field::code) : locations[0];
}

std::string scope_of(const std::string& location) {
  const std::size_t at = location.find("&scope=");
  return at == std::string::npos ? "" : location.substr(at + 7, location.find('&', at + 1) - at - 7);
}

const std::string kClient = R"("clientId":"a","clientSecret":"a client secret of 32 bytes, long")";
const std::string kOwn = R"("authorizationEndpoint":"https://as.example/a","tokenEndpoint":"https://as.example/t")";

TEST(Config, APresetFillsOnlyWhatTheAppLeavesOpen) {
  const std::string preset = location_of(R"("bitbucket":{)" + kClient + "}");
  EXPECT_TRUE(preset.starts_with("https://bitbucket.org/site/oauth2/authorize?")) << preset;
  EXPECT_EQ(scope_of(preset), "account+email");
  EXPECT_EQ(scope_of(location_of(R"("bitbucket":{"scopes":["account"],)" + kClient + "}")), "account");
  const std::string own = location_of(R"("bitbucket":{)" + kOwn + "," + kClient + "}");
  EXPECT_TRUE(own.starts_with("https://as.example/a?")) << own;
  EXPECT_EQ(scope_of(own), "");
}

TEST(Config, OpenidIsAskedForOnlyWhereNothingElseIs) {
  const std::string with_issuer = R"(,"issuer":"https://as.example","jwksUri":"https://as.example/k",)" + kClient + "}";
  EXPECT_EQ(scope_of(location_of(R"("work":{)" + kOwn + "," + kClient + "}")), "");
  EXPECT_EQ(scope_of(location_of(R"("work":{)" + kOwn + with_issuer)), "openid");
  EXPECT_EQ(scope_of(location_of(R"("work":{"scopes":"openid email",)" + kOwn + with_issuer)), "openid+email");
  EXPECT_EQ(scope_of(location_of(R"("work":{"scopes":"email",)" + kOwn + with_issuer)), "email");
}

TEST(Config, AnAddressStaysAsItIsWritten) {
  const std::string location =
      location_of(R"("work":{"authorizationEndpoint":"https://as.example/a/","tokenEndpoint":"https://as.example/t",)" +
                  kClient + "}");
  EXPECT_TRUE(location.starts_with("https://as.example/a/?")) << location;
}

TEST(Config, TheLastOneCounts) {
  Core core;
  const std::string good =
      R"({"providers":{"work":{"issuer":"https://as.example","clientId":"a","clientSecret":"a client secret of 32 bytes, long"}}})";
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(handle(core, Operation::configure, {good}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
    EXPECT_EQ(handle(core, Operation::configure, {"{}"}).at(0), std::to_string(static_cast<int>(StepKind::refused)));
    const auto step = handle(core, Operation::start, {"1750000000", std::string(96, 'x'), "work", "/"});
    EXPECT_EQ(step.at(respond_field::code), "provider_unknown") << "a refused configuration leaves nothing behind";
  }
}

TEST(Config, NearestNames) {
  const std::vector<std::string_view> known{"clientId", "clientSecret", "issuer"};
  EXPECT_EQ(nearest("clientid", known), "clientId");
  EXPECT_EQ(nearest("client_id", known), "clientId");
  EXPECT_EQ(nearest("isuer", known), "issuer");
  EXPECT_EQ(nearest("zzz", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest(std::string(64, 'c'), known), "");
  EXPECT_EQ(nearest(std::string(65, 'c'), known), "");
}

}  // namespace
}  // namespace landfall
