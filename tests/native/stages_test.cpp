#include "stages.hpp"

#include "base/base64url.hpp"
#include "supabase_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

constexpr const char* kTokens = R"({"access_token":"at","token_type":"bearer"})";

/// Every arrow of stages.def, one flow after the other.
class Stages : public SupabaseCase {
 protected:
  void SetUp() override {
    const Json plain = {{"clientId", "client-1"},
                        {"clientSecret", std::string(32, 'c')},
                        {"authorizationEndpoint", "https://as.example/authorize"},
                        {"tokenEndpoint", "https://as.example/token"},
                        {"revocationEndpoint", "https://as.example/revoke"},
                        {"scopes", "read"}};
    Json openid = plain;
    openid.update({{"issuer", "https://as.example"}, {"jwksUri", "https://as.example/jwks"}, {"scopes", "openid"}});
    Json profile = openid;
    profile["userinfoEndpoint"] = "https://as.example/me";
    configure(
        {{"verifyOnGet", true}, {"flows", "any"}},
        {{"providers",
          {{"plain", plain},
           {"openid", openid},
           {"profile", profile},
           {"bitbucket", {{"clientId", "client-2"}, {"clientSecret", std::string(32, 'b')}, {"userinfo", true}}}}}});
    taken_arrows().clear();
  }

  /// As far as the request to the token endpoint.
  StepCase begin(const std::string& provider, const std::string& response = {}) {
    sign_in("provider=" + provider + "&next=%2Fwelcome");
    return request(Operation::callback,
                   "/auth/callback/" + provider + "?code=c&state=" + parameter_of(authorize, "state") + response);
  }

  /// Answers with an ID Token that fits the sign-in.
  StepCase answer_with_id_token(const StepCase& fetch, const std::string& alg = "RS256") {
    Json claims = {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"},
                   {"exp", now + 3600},           {"iat", now},        {"nonce", parameter_of(authorize, "nonce")}};
    Memory memory;
    const MemoryScope scope(memory);
    // With EdDSA the host brings the digest.
    if (alg == "EdDSA") claims["at_hash"] = std::string(base64url(std::string(32, 'h')).view());
    const Text id_token =
        concat(base64url(Json{{"alg", alg}, {"kid", "k"}}.dump()), ".", base64url(claims.dump()), ".AAAA");
    Json body = Json::parse(kTokens);
    body["id_token"] = std::string(id_token.view());
    return answer(fetch, body.dump());
  }

  static std::string key_set() {
    return Json{{"keys", {{{"kty", "RSA"}, {"kid", "k"}, {"n", "w" + std::string(340, 'A') + "Q"}, {"e", "AQAB"}}}}}
        .dump();
  }

  /// What no browser can say by its address and headers alone.
  StepCase send(Operation operation, const std::string& method, std::map<RequestField, std::string> fields) {
    fields.insert({{RequestField::now, std::to_string(now)},
                   {RequestField::method, method},
                   {RequestField::url, "https://app.example/"}});
    return {handle(core, operation, RequestCase{.fields = fields, .headers = {}}.list())};
  }

  /// The signature is good. @param digest of the access token.
  StepCase verdict(const StepCase& verify, const std::string& digest = {}) { return answer(verify, digest, 1); }

  /// The transaction is over, and the browser goes where it should.
  static void expect_end(const StepCase& step, const std::string& to) {
    EXPECT_EQ(location(step), to);
    EXPECT_EQ(set_cookies(step).size(), 2u) << "the transaction, and the list of finished ones";
  }
};

TEST_F(Stages, EveryArrowIsTaken) {
  answer(begin("plain"), kTokens);
  answer(answer(answer(begin("bitbucket"), kTokens), "{}"), "{}");

  verdict(answer(answer_with_id_token(begin("openid")), key_set()));
  const StepCase jwks_again = answer(answer_with_id_token(begin("profile")), R"({"keys":[]})");
  answer(verdict(answer(jwks_again, key_set())), R"({"sub":"user-1"})");

  sign_in("provider=github");
  const StepCase exchange = call_back("code=" + std::string(kCode));
  answer(answer(exchange, "", 502), kSessionJson);
  const StepCase redeem = request(Operation::confirm, "/auth/confirm?token_hash=abc&type=email");
  answer(answer(redeem, "", 502), kSessionJson);
  send(Operation::callback, "GET",
       {{RequestField::fragment, "access_token=at&refresh_token=rt&expires_in=3600&token_type=bearer"}});

  send(Operation::sign_out, "POST", {{RequestField::revoke_provider, "plain"}, {RequestField::revoke_token, "rt"}});
  jar[std::string(kKey)] = as_cookie(kSessionJson);
  request(Operation::sign_out, "/auth/sign-out", "POST");
  now = 1'768'482'000;
  answer(request(Operation::sign_out, "/auth/sign-out", "POST"), kSessionJson);
  EXPECT_EQ(taken_arrows(), stages::listed());
}

TEST_F(Stages, AStageCarriesWhatFollowsItNeeds) {
  // What the answer to a stage's question adds.
  const std::map<std::string, std::set<std::string>> brings = {
      {"token", {"access_token", "id_token", "at_hash", "sub", "session_json"}},
      {"exchange", {"provider", "cookies"}},
      {"redeem", {"provider", "cookies"}}};
  for (const auto& [from, to] : stages::listed()) {
    const auto before = stages::carried().find(from);
    if (before == stages::carried().end()) continue;  // a route: it has the whole request
    for (const std::string& field : stages::carried().at(to)) {
      const auto brought = brings.find(from);
      EXPECT_TRUE(before->second.contains(field) || (brought != brings.end() && brought->second.contains(field)))
          << from << " does not carry the " << field << " of " << to;
    }
  }
}

TEST_F(Stages, TheProfileArrivesWithAllThatCameBefore) {
  const StepCase token = begin("bitbucket", "&iss=https%3A%2F%2Fas.example");
  const StepCase userinfo = answer(token, kTokens);
  const StepCase emails = answer(userinfo, R"({"name":"n"})");
  EXPECT_EQ(emails.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer at"});
  const StepCase done = answer(emails, R"({"values":[]})");
  const Json session = Json::parse(done.at(respond_field::session));
  EXPECT_EQ(session.at("access_token"), "at");
  EXPECT_EQ(session.at("userinfo"), (Json{{"name", "n"}}));
  EXPECT_EQ(session.at("emails"), (Json{{"values", Json::array()}}));
  EXPECT_EQ(done.at(respond_field::warnings), "iss_unchecked providers.bitbucket.issuer\n");
  expect_end(done, "/welcome#");
  // What the app refuses names the same provider, and ends the transaction too.
  const StepCase refused{handle(core, Operation::fail, {"session_refused", done.at(respond_field::recovery)})};
  expect_end(refused, "/auth/auth-code-error?error=session_refused&provider=bitbucket&next=%2Fwelcome#");
  for (const StepCase& fetch : {token, userinfo, emails}) {
    const StepCase failed = answer(fetch, "", 500);
    const std::string code = failed.at(respond_field::code);
    expect_end(failed, "/auth/auth-code-error?error=" + code + "&provider=bitbucket&next=%2Fwelcome#");
  }
}

TEST_F(Stages, TheIdTokenArrivesWithAllThatCameBefore) {
  const StepCase jwks = answer_with_id_token(begin("profile"), "EdDSA");
  const StepCase again = answer(jwks, R"({"keys":[]})");
  EXPECT_EQ(again.at(fetch_field::url), "https://as.example/jwks");
  const std::string keys = R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"AAAA"}]})";
  for (const StepCase& verify : {answer(jwks, keys), answer(again, keys)}) {
    ASSERT_EQ(verify.kind(), StepKind::verify) << verify.at(respond_field::code);
    EXPECT_EQ(verify.at(verify_field::digest), "SHA-512");
    EXPECT_EQ(verify.at(verify_field::digest_data), "at");
    expect_failure(verdict(verify, std::string(64, 'x')), "id_token_at_hash");
    const StepCase userinfo = verdict(verify, std::string(64, 'h'));
    ASSERT_EQ(userinfo.kind(), StepKind::fetch) << userinfo.at(respond_field::code);
    EXPECT_EQ(answer(userinfo, R"({"sub":"user-2"})").at(respond_field::code), "userinfo_sub");
    const StepCase done = answer(userinfo, R"({"sub":"user-1"})");
    EXPECT_EQ(Json::parse(done.at(respond_field::session)).at("claims").at("sub"), "user-1");
    expect_end(done, "/welcome#");
  }
}

TEST_F(Stages, ASignOutArrivesWithAllThatCameBefore) {
  const StepCase revoke =
      send(Operation::sign_out, "POST", {{RequestField::revoke_provider, "plain"}, {RequestField::revoke_token, "rt"}});
  EXPECT_EQ(answer(revoke, "", 503).at(respond_field::provider), "plain");

  jar[std::string(kKey)] = as_cookie(kSessionJson);
  now = 1'768'482'000;
  const StepCase refresh = request(Operation::sign_out, "/auth/sign-out?scope=local&next=%2Fbye", "POST");
  const StepCase logout = answer(refresh, kSessionJson);
  EXPECT_EQ(logout.at(fetch_field::url), std::string(kApi) + "/logout?scope=local");
  for (const StepCase& done : {answer(refresh, "", 400), answer(logout, "", 204)}) {
    EXPECT_EQ(location(done), "/bye#");
    EXPECT_FALSE(set_cookies(done).empty());
  }
}

TEST_F(Stages, ALinkIsTriedAgainOnlySoOften) {
  StepCase redeem = request(Operation::confirm, "/auth/confirm?token_hash=abc&type=email");
  for (std::int64_t i = 0; i < kMaxRetries; ++i) redeem = answer(redeem, "", 502);
  ASSERT_EQ(redeem.kind(), StepKind::fetch);
  for (const std::string& line : set_cookies(answer(redeem, kSessionJson)))
    EXPECT_NE(line.find("; Secure"), std::string::npos) << line;
  EXPECT_EQ(answer(redeem, "", 502).kind(), StepKind::respond);
}

}  // namespace
}  // namespace landfall
