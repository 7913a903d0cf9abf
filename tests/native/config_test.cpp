#include "codec/config.hpp"

#include "codec/nearest.hpp"
#include "core_case.hpp"
#include "left_out.hpp"
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
  auto refused = c.value("refused", std::vector<std::string>());
  const auto left_out = left_out_of(bytes(c.at("config")));
  if (!refused.empty() || !left_out.empty()) {
    ASSERT_EQ(kind, StepKind::refused);
    const std::vector<std::string> said(fields.begin() + refused_field::parameter, fields.end());
    // A mistake inside the option comes first.
    if (refused.empty() || said == left_out) refused = left_out;
    if (!kHasProviders && refused[0] == "providers" && refused[1] == "missing") refused[0] = "supabase";
    EXPECT_EQ(said, refused);
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

/// Where a sign-in leads: to the provider, or first to its metadata.
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
  if (step.kind() == StepKind::fetch) return step.at(fetch_field::url);
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

TEST(Config, ANameStandsForTheRowsOwnServers) {
  const std::string other = R"("issuer":"https://as.example",)";
  const auto leads_to = [](const std::string& provider, const std::string& url) {
    const std::string location = location_of(provider);
    EXPECT_TRUE(location.starts_with(url)) << provider << " " << location;
  };
  leads_to(R"("gitlab":{)" + kClient + "}", "https://gitlab.com/oauth/authorize?");
  leads_to(R"("gitlab":{"issuer":"https://gitlab.com",)" + kClient + "}", "https://gitlab.com/oauth/authorize?");
  leads_to(R"("gitlab":{)" + other + kClient + "}", "https://as.example/.well-known/openid-configuration");
  leads_to(R"("mine":{"use":"gitlab",)" + other + kClient + "}", "https://as.example/.well-known/openid-configuration");
  leads_to(R"("mine":{"use":"gitlab",)" + kClient + "}", "https://gitlab.com/oauth/authorize?");
  leads_to(R"("bitbucket":{)" + other + kClient + "}", "https://as.example/.well-known/openid-configuration");
  leads_to(R"("keycloak":{)" + other + kClient + "}", "https://as.example/.well-known/openid-configuration");
  leads_to(R"("okta":{)" + kOwn + "," + kClient + "}", "https://as.example/a?");
  EXPECT_EQ(scope_of(location_of(R"("okta":{)" + kOwn + "," + kClient + "}")), "");
  const std::string same = R"("authorizationEndpoint":"https://github.com/login/oauth/authorize",)" + kClient + "}";
  EXPECT_EQ(scope_of(location_of(R"("github":{)" + same)), "read%3Auser+user%3Aemail");
  leads_to(R"("x":{)" + kClient + "}", "https://x.com/i/oauth2/authorize?");
  leads_to(R"("ghes":{"host":"git.example:8443",)" + kClient + "}", "https://git.example:8443/login/oauth/authorize?");
}

TEST(Config, OnlyTheRowsOwnServersGoWithoutPkce) {
  const auto has_challenge = [](const std::string& provider) {
    return location_of(provider).find("&code_challenge=") != std::string::npos;
  };
  EXPECT_FALSE(has_challenge(R"("linkedin":{)" + kClient + "}"));
  EXPECT_FALSE(has_challenge(R"("work":{"use":"slack",)" + kClient + "}"));
  const std::string elsewhere = kOwn + R"(,"scopes":"read",)" + kClient + "}";
  EXPECT_TRUE(has_challenge(R"("linkedin":{)" + elsewhere));
  EXPECT_TRUE(has_challenge(R"("work":{"use":"linkedin",)" + elsewhere));
  EXPECT_TRUE(has_challenge(R"("google":{)" + kClient + "}"));
}

/// What the configuration of one provider is refused for; what it waits for; "ready".
std::string outcome_of(const std::string& provider) {
  Core core;
  const auto fields =
      handle(core, Operation::configure, {R"({"origin":"https://app.example","providers":{)" + provider + "}}"});
  if (fields.at(0) == std::to_string(static_cast<int>(StepKind::refused)))
    return fields.at(refused_field::parameter) + " " + fields.at(refused_field::problem);
  const std::string& missing = fields.at(ready_field::missing);
  return missing.empty() ? "ready" : missing.substr(0, missing.find(' '));
}

TEST(Config, WhatARowNeeds) {
  const std::string id = R"("clientId":"a",)";
  const std::string key = R"("privateKey":"M)" + std::string(95, 'A') + "\"";
  EXPECT_EQ(outcome_of(R"("apple":{"teamId":"t","keyId":"k",)" + id + key + "}"), "ready");
  EXPECT_EQ(outcome_of(R"("apple":{"keyId":"k",)" + id + key + "}"), "providers.apple.teamId missing");
  EXPECT_EQ(outcome_of(R"("apple":{"teamId":"t",)" + id + key + "}"), "providers.apple.keyId missing");
  EXPECT_EQ(outcome_of(R"("apple":{"clientId":"a"})"), "providers.apple.privateKey missing");
  EXPECT_EQ(outcome_of(R"("apple":{)" + kClient + "}"), "ready");
  EXPECT_EQ(outcome_of(R"("apple":{)" + kClient + "," + key + "}"), "ready") << "the secret signs nothing";
  EXPECT_EQ(outcome_of(R"("apple":{"teamId":"t","keyId":"k","clientId":"a","privateKey":null})"),
            "providers.apple.privateKey");
  EXPECT_EQ(outcome_of(R"("ghes":{)" + kClient + "}"), "providers.ghes.host missing");
  EXPECT_EQ(outcome_of(R"("ghes":{"host":"a/b",)" + kClient + "}"), "providers.ghes.host value");
  EXPECT_EQ(outcome_of(R"("keycloak":{)" + kClient + "}"), "providers.keycloak.issuer missing");
  EXPECT_EQ(outcome_of(R"("work":{"tokenEndpoint":"https://as.example/t",)" + kClient + "}"),
            "providers.work.authorizationEndpoint missing");
  EXPECT_EQ(outcome_of(R"("work":{"use":"gitlub",)" + kClient + "}"), "providers.work.use value");
  EXPECT_EQ(outcome_of(R"("google":{"allow":["state"],)" + kClient + "}"), "providers.google.allow.0 reserved");
  EXPECT_EQ(outcome_of(R"("google":{"allow":"a b",)" + kClient + "}"), "providers.google.allow value");
  EXPECT_EQ(outcome_of(R"("google":{"allow":"caf\u00e9",)" + kClient + "}"), "providers.google.allow value");
  EXPECT_EQ(outcome_of(R"("google":{"clientId":"state","clientSecret":"a client secret of 32 bytes, long"})"), "ready")
      << "only a parameter may not be called so";
}

TEST(Config, ScopesMayBeAList) {
  EXPECT_EQ(scope_of(location_of(R"("work":{"scopes":["-","email"],)" + kOwn + "," + kClient + "}")), "-+email");
}

TEST(Config, AToleranceIsANumberOfSeconds) {
  const auto outcome = [](const std::string& tolerance) {
    Core core;
    const auto fields = handle(core, Operation::configure,
                               {R"({"clockTolerance":)" + tolerance + R"(,"providers":{"google":{)" + kClient + "}}}"});
    return fields.at(0) == std::to_string(static_cast<int>(StepKind::refused)) ? fields.at(refused_field::problem)
                                                                               : "ready";
  };
  for (const char* tolerance : {"0", "600"}) EXPECT_EQ(outcome(tolerance), "ready") << tolerance;
  for (const char* tolerance : {"601", "-1", "1.5", "1e2", "99999999999999999999"})
    EXPECT_EQ(outcome(tolerance), "value") << tolerance;
}

TEST(Config, APrivateKeyIsPkcs8) {
  const std::string base64 = "M" + std::string(95, 'A');
  const auto outcome = [](const std::string& key) {
    return outcome_of(R"("apple":{"clientId":"a","teamId":"t","keyId":"k","privateKey":")" + key + "\"}");
  };
  for (const std::string& key : {base64, "M" + std::string(93, 'A') + "==", base64 + R"(\\r\\n)",
                                 "-----BEGIN PRIVATE KEY-----\\n" + base64 + "\\n-----END PRIVATE KEY-----\\n",
                                 "-----BEGIN PRIVATE KEY-----\\\\n" + base64 + "\\\\n-----END PRIVATE KEY-----",
                                 " " + base64 + "\\r\\n", "M" + std::string(85, 'A')})
    EXPECT_EQ(outcome(key), "ready") << key;
  for (const std::string& key : {std::string("secret"), std::string(96, 'A'), "-----BEGIN EC PRIVATE KEY-----" + base64,
                                 base64 + "!", "M" + std::string(83, 'A')})
    EXPECT_EQ(outcome(key), "providers.apple.privateKey private_key") << key;
}

TEST(Config, WhoMaySignInAtMicrosoft) {
  const auto outcome = [](const std::string& tenant) {
    return outcome_of(R"("azure":{"tenant":)" + tenant + "," + kClient + "}");
  };
  const std::string tid = "\"3F1C0B6E-3f0e-4d35-9f6b-0a4bb8a1c2d3\"";
  const std::string twice = R"(["3f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3","3f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3"])";
  for (const std::string& tenant :
       {std::string("\"common\""), std::string("\"example.com\""), tid, "[" + tid + "]", twice})
    EXPECT_EQ(outcome(tenant), "ready") << tenant;
  for (const std::string& tenant : {std::string("[]"), std::string("\"a b\""), std::string("\"..\""),
                                    std::string("\"a/b\""), "[" + tid + ",\"common\"]"})
    EXPECT_TRUE(outcome(tenant).starts_with("providers.azure.tenant")) << tenant << outcome(tenant);
  EXPECT_EQ(outcome("null"), "providers.azure.tenant");
  EXPECT_EQ(outcome("[null]"), "providers.azure.tenant.0") << "a list that a setting leaves open is not everybody";
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
