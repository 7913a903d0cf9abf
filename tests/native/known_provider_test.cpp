// Sign-ins at providers that are known by name: what their rows change in the flow.
#include "base/limits.hpp"
#include "openid_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

constexpr const char* kTenant = "3f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3";
constexpr const char* kOtherTenant = "4f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3";

class KnownProviderCase : public OpenIdCase {
 protected:
  void SetUp() override {
    const Json client = {{"clientId", "client-1"}, {"clientSecret", kClientSecret}};
    const auto with = [&client](const Json& more) {
      Json options = client;
      options.update(more);
      return options;
    };
    configure({{"flows", "any"}},
              {{"onSignOut", true},
               {"providers",
                {{"github", client},
                 {"mine", with({{"use", "github"}, {"allow", {"extra", "login"}}})},
                 {"linkedin", client},
                 {"kakao", with({{"scopes", "openid"}})},
                 {"google", client},
                 {"notion", client},
                 {"azure", client},
                 {"one", with({{"use", "azure"}, {"tenant", kTenant}})},
                 {"some", with({{"use", "azure"}, {"tenant", {kTenant, kOtherTenant}}})},
                 {"revoked", with({{"use", "github"}, {"revocationEndpoint", "https://git.example/revoke"}})},
                 {"apple", client}}}});
  }

  static std::string issuer_of(const std::string& tid) { return "https://login.microsoftonline.com/" + tid + "/v2.0"; }

  /// Answers with an ID Token. @param changes its claims: null takes one away.
  StepCase answer_with_claims(const StepCase& fetch, const std::string& iss, const Json& changes = Json::object()) {
    Json claims = {{"iss", iss},        {"aud", "client-1"}, {"sub", "user-1"},
                   {"exp", now + 3600}, {"iat", now},        {"nonce", parameter_of(authorize, "nonce")}};
    claims.merge_patch(changes);
    Json body = Json::parse(kTokens);
    body["id_token"] = sign("RS256", claims);
    return answer(fetch, body.dump());
  }

  static std::string keys_of(const Json& issuer) {
    Json keys = Json::parse(key_set());
    if (!issuer.is_null()) keys["keys"][0]["issuer"] = issuer;
    return keys.dump();
  }

  static std::vector<std::string> sent(const StepCase& fetch, const std::string& name) {
    return fetch.headers(fetch_field::header_0, name);
  }
};

TEST_F(KnownProviderCase, GithubHasAListOfAddresses) {
  const StepCase token = begin("github", "&iss=https%3A%2F%2Fgithub.com%2Flogin%2Foauth");
  EXPECT_EQ(sent(token, "user-agent"), std::vector<std::string>{"landfall"});
  const StepCase userinfo = answer(token, kTokens);
  EXPECT_EQ(userinfo.at(fetch_field::url), "https://api.github.com/user");
  EXPECT_EQ(sent(userinfo, "user-agent"), std::vector<std::string>{"landfall"});
  const StepCase emails = answer(userinfo, R"({"id":7,"login":"ada","name":null,"email":"public@example.com"})");
  EXPECT_EQ(emails.at(fetch_field::url), "https://api.github.com/user/emails");
  const Json profile = profile_of(answer(emails, R"([{"email":"ada@example.com","primary":true,"verified":true}])"));
  EXPECT_EQ(profile.at("sub"), "7");
  EXPECT_EQ(profile.at("name"), "ada");
  EXPECT_EQ(profile.at("email"), "ada@example.com");
  EXPECT_EQ(profile.at("email_verified"), true);
  EXPECT_EQ(profile_of(answer(emails, "{}")).at("email"), nullptr);
  for (const char* body : {"5", "null", "\"x\"", "true", "[", ""})
    EXPECT_EQ(answer(emails, body).at(respond_field::code), "userinfo_invalid") << body;
  EXPECT_EQ(answer(emails, "[]", 200, "", "text/html").at(respond_field::code), "userinfo_invalid");
}

TEST_F(KnownProviderCase, ALinkAddsWhatTheRowAllows) {
  sign_in("provider=github&login=ada&prompt=x&extra=1&state=mine&allow_signup=");
  EXPECT_EQ(parameter_of(authorize, "login"), "ada");
  EXPECT_EQ(parameter_of(authorize, "prompt"), "x");
  EXPECT_EQ(authorize.find("extra="), std::string::npos);
  EXPECT_EQ(authorize.find("allow_signup"), std::string::npos);
  EXPECT_NE(parameter_of(authorize, "state"), "mine");
  sign_in("provider=mine&login=ada&extra=1&extra2=2");
  EXPECT_EQ(parameter_of(authorize, "login"), "ada");
  EXPECT_EQ(parameter_of(authorize, "extra"), "1");
  EXPECT_EQ(authorize.find("extra2"), std::string::npos);
}

TEST_F(KnownProviderCase, ACallerAddsWhatTheRowAllows) {
  const auto start = [this](const std::string& provider, const std::string& params) {
    return StepCase{handle(core, Operation::start, {std::to_string(now), make_entropy(), provider, "/", "", params})};
  };
  const StepCase started = start("github", "login=ada&prompt=");
  ASSERT_EQ(started.kind(), StepKind::started) << started.at(respond_field::code);
  EXPECT_EQ(parameter_of(started.at(started_field::url), "login"), "ada");
  EXPECT_EQ(started.at(started_field::url).find("prompt"), std::string::npos);
  EXPECT_EQ(start("github", "login_hint=ada").kind(), StepKind::started);
  for (const char* params : {"extra=1", "login=a&login=b", "state=x", "redirect_uri=x"}) {
    const StepCase refused = start("github", params);
    EXPECT_EQ(refused.at(respond_field::code), "config_invalid") << params;
    EXPECT_EQ(refused.at(respond_field::parameter), "queryParams") << params;
  }
}

// What its profile has as a number, its ID Token has as text (OpenID Connect Core 5.3.2).
TEST_F(KnownProviderCase, KakaosNumberIsTheSubOfItsIdToken) {
  const auto profile_with = [this](const char* userinfo) {
    const StepCase token = begin("kakao");
    const StepCase verify = answer(answer_with_claims(token, "https://kauth.kakao.com", {{"sub", "7"}}), key_set());
    const StepCase fetch = answer(verify, "", 1);
    EXPECT_EQ(fetch.at(fetch_field::url), "https://kapi.kakao.com/v2/user/me");
    return answer(fetch, userinfo);
  };
  EXPECT_EQ(profile_of(profile_with(R"({"id":7})")).at("sub"), "7");
  for (const char* other : {R"({"id":8})", R"({"id":true})", R"({"id":["7"]})", R"({"sub":7,"id":7})", "{}"})
    EXPECT_EQ(profile_with(other).at(respond_field::code), "userinfo_sub") << other;
}

TEST_F(KnownProviderCase, OnlyLinkedinGoesWithoutANonce) {
  const StepCase linkedin = begin("linkedin");
  EXPECT_EQ(authorize.find("nonce="), std::string::npos);
  EXPECT_EQ(linkedin.at(fetch_field::body).find("code_verifier"), std::string::npos);
  const std::string iss = "https://www.linkedin.com/oauth";
  EXPECT_EQ(answer_with_claims(linkedin, iss, {{"nonce", nullptr}}).kind(), StepKind::fetch);
  const StepCase google = begin("google");
  EXPECT_NE(parameter_of(authorize, "nonce"), "");
  EXPECT_NE(google.at(fetch_field::body).find("code_verifier"), std::string::npos);
  EXPECT_EQ(answer_with_claims(google, "https://accounts.google.com", {{"nonce", nullptr}}).at(respond_field::code),
            "id_token_nonce");
  EXPECT_EQ(answer_with_claims(begin("google"), "accounts.google.com").kind(), StepKind::fetch);
}

TEST_F(KnownProviderCase, ARevocationHasTheHeadersToo) {
  const StepCase sign_out = request(Route::sign_out, "/auth/sign-out", "POST");
  const StepCase revoke = hook(sign_out, {.revoke_provider = "revoked", .revoke_token = "at"});
  EXPECT_EQ(revoke.at(fetch_field::url), "https://git.example/revoke");
  EXPECT_EQ(sent(revoke, "user-agent"), std::vector<std::string>{"landfall"});
}

TEST_F(KnownProviderCase, NotionTakesJson) {
  const StepCase token = begin("notion");
  EXPECT_EQ(parameter_of(authorize, "owner"), "user");
  EXPECT_EQ(sent(token, "content-type"), std::vector<std::string>{"application/json"});
  EXPECT_EQ(sent(token, "notion-version"), std::vector<std::string>{"2025-09-03"});
  const Json body = Json::parse(token.at(fetch_field::body));
  EXPECT_EQ(body.at("grant_type"), "authorization_code");
  EXPECT_EQ(body.at("redirect_uri"), "https://app.example/auth/callback/notion");
  EXPECT_TRUE(body.contains("code_verifier"));
  EXPECT_FALSE(body.contains("client_secret"));
  EXPECT_EQ(sent(token, "authorization").size(), 1u);
}

TEST_F(KnownProviderCase, AKeyOfAnotherTenantSignsNothing) {
  const auto keys = [this](const std::string& provider, const std::string& tid) {
    return answer_with_claims(begin(provider), issuer_of(tid), {{"tid", tid}});
  };
  for (const char* provider : {"azure", "some"}) {
    const StepCase jwks = keys(provider, kTenant);
    EXPECT_TRUE(authorize.starts_with("https://login.microsoftonline.com/common/")) << authorize;
    ASSERT_EQ(jwks.at(fetch_field::url), "https://login.microsoftonline.com/common/discovery/v2.0/keys") << provider;
    for (const Json& issuer : {Json(), Json(issuer_of("{tenantid}")), Json(issuer_of(kTenant))})
      EXPECT_EQ(answer(jwks, keys_of(issuer)).kind(), StepKind::verify) << provider << issuer;
    for (const Json& issuer : {Json(issuer_of(kOtherTenant)), Json(""), Json(5), Json::array()}) {
      const StepCase again = answer(jwks, keys_of(issuer));
      ASSERT_EQ(again.at(fetch_field::again), "1") << issuer;
      EXPECT_EQ(answer(again, keys_of(issuer)).at(respond_field::code), "id_token_key") << issuer;
    }
  }
  const StepCase one = keys("one", kTenant);
  EXPECT_TRUE(authorize.starts_with(std::string("https://login.microsoftonline.com/") + kTenant + "/")) << authorize;
  EXPECT_EQ(answer(one, keys_of(issuer_of("{tenantid}"))).kind(), StepKind::verify);
  EXPECT_EQ(answer(one, keys_of(issuer_of(kOtherTenant))).at(fetch_field::again), "1");
  EXPECT_EQ(keys("one", kOtherTenant).at(respond_field::code), "id_token_iss");
  EXPECT_EQ(keys("some", "5f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3").at(respond_field::code), "id_token_iss");
}

TEST_F(KnownProviderCase, AppleSaysTheNameOnce) {
  const auto finish = [this](const std::string& more) {
    sign_in("provider=apple");
    const StepCase fetch = request(Route::callback, "/auth/callback/apple", "POST",
                                   {{RequestHeader::content_type, "application/x-www-form-urlencoded"}},
                                   "code=c&state=" + parameter_of(authorize, "state") + more);
    return verdict(answer(answer_with_claims(fetch, "https://appleid.apple.com"), key_set()));
  };
  const auto name_of = [&](const std::string& more) { return profile_of(finish(more)).at("name"); };
  const auto session_after = [&](const std::string& more) { return session_of(finish(more)); };
  const std::string user = R"({"name":{"firstName":"Ada","lastName":"Zoë"}})";
  EXPECT_EQ(name_of("&user=" + user), "Ada Zoë");
  EXPECT_EQ(name_of(""), nullptr);
  EXPECT_EQ(name_of("&user=" + user + "&user=" + user), nullptr);
  EXPECT_EQ(name_of("&user=%7B%22name%22:%7B%22firstName%22:%22%FF%22%7D%7D"), nullptr);
  for (const char* hostile : {"5", "[]", "{", R"({"name":5})", R"({"name":{"firstName":5}})"})
    EXPECT_EQ(name_of(std::string("&user=") + hostile), nullptr) << hostile;
  for (const char* other : {"5", "[]", "\"Ada\"", "null"})
    EXPECT_FALSE(session_after(std::string("&user=") + other).contains("posted_user")) << other;
  EXPECT_TRUE(session_after("&user={}").contains("posted_user"));
  const std::string filler =
      std::string(kMaxPostedUserBytes - std::string(R"({"name":{"firstName":"A"},"x":""})").size(), 'x');
  EXPECT_EQ(name_of(R"(&user={"name":{"firstName":"A"},"x":")" + filler + "\"}"), "A");
  EXPECT_EQ(name_of(R"(&user={"name":{"firstName":"A"},"x":")" + filler + "x\"}"), nullptr);
}

}  // namespace
}  // namespace landfall
