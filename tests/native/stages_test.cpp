#include "stages.hpp"

#include "question_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

/// Every arrow of stages.def, one flow after the other.
class Stages : public QuestionCase {
 protected:
  void SetUp() override {
    QuestionCase::SetUp();
    taken_arrows().clear();
  }

  /// The questions about a session of our own: the same person, whose provider becomes another one.
  void ask_about_own_session() {
    keep_sessions();
    sign_in_at("plain");
    now += kHour;
    const Json addresses = {{"authorizationEndpoint", "https://as.example/authorize"},
                            {"tokenEndpoint", "https://as.example/token"},
                            {"revocationEndpoint", "https://as.example/revoke"}};
    const Json discovered = {{"issuer", "https://op.example"}, {"scopes", "read"}};
    const Json secret = {{"clientSecret", kClientSecret}};
    const Json key = {{"teamId", "team"}, {"keyId", "key"}, {"privateKey", kPrivateKey}};
    const std::string metadata = R"({"issuer":"https://op.example","authorization_endpoint":"https://op.example/a",)"
                                 R"("token_endpoint":"https://op.example/t"})";
    for (const bool asks_app : {false, true})
      for (const Json& where : {addresses, discovered})
        for (const Json& client : {secret, key}) {
          Json provider = {{"clientId", "client-1"}};
          provider.update(where);
          provider.update(client);
          Json more = {{"session", {{"tokens", true}}}, {"providers", {{"plain", provider}}}};
          if (asks_app) more["isRevoked"] = true;
          configure(Json::object(), more);
          StepCase step = ask_token();
          if (asks_app) step = answer(step, "", 0);
          if (where == discovered) step = answer(step, metadata);
          if (client == key) step = answer(step, kSignature);
          EXPECT_EQ(token_of(answer(step, tokens("2"))), "at2");
          if (where != addresses) continue;
          const auto sign_out = [this] { return request(Route::sign_out, "/auth/sign-out", "POST"); };
          sign_out();
          // Beside a session of Supabase's that has to be renewed first.
          jar[std::string(kKey)] = as_cookie(kSessionJson);
          answer(sign_out(), "", 400);
          answer(answer(sign_out(), kSessionJson), "", 204);
          jar.erase(std::string(kKey));
        }
    jar.clear();
  }

  void ask_about_supabases_session() {
    configure();
    const auto hold = [this](const std::string& access_token, std::int64_t expires_at) {
      const Json session = {{"access_token", access_token}, {"refresh_token", "rt"}, {"expires_at", expires_at}};
      jar[std::string(kKey)] = as_cookie(session.dump());
    };
    const auto ask = [this] { return question(Operation::get_user); };
    hold("opaque", now + 10);
    answer(ask(), "", 503);
    hold(sign("RS256", {{"sub", "u"}, {"exp", now + kHour}}), now + 10);
    answer(ask(), "", 503);
    hold("opaque", now + kHour);
    EXPECT_EQ(ask().kind(), StepKind::fetch);
    hold(sign("RS256", {{"sub", "u"}, {"exp", now + kHour}}), now + kHour);
    answer_failure(answer(ask(), key_set()), "refused", "");
    answer(ask(), "", 500);
    const StepCase again = answer(ask(), R"({"keys":[]})");
    answer(again, key_set());
    answer(again, R"({"keys":[]})");
    jar.clear();
  }

  void ask_about_logout_tokens() {
    const auto post = [this](const std::string& issuer, const std::string& client) {
      const Json claims = {{"iss", issuer},
                           {"aud", client},
                           {"sub", "u"},
                           {"jti", "j"},
                           {"iat", now},
                           {"exp", now + kHour},
                           {"events", {{"http://schemas.openid.net/event/backchannel-logout", Json::object()}}}};
      return this->post(Operation::verify_logout_token, "logout_token=" + sign("RS256", claims));
    };
    configure_only({"openid", "discovered"});
    const StepCase keys = post("https://as.example", "client-1");
    answer(keys, key_set());
    answer(answer(keys, R"({"keys":[]})"), key_set());
    answer(post("https://op.example", "client-3"),
           R"({"issuer":"https://op.example","authorization_endpoint":"https://op.example/a",)"
           R"("token_endpoint":"https://op.example/t","jwks_uri":"https://op.example/k"})");
  }

  /// A sign-out as far as the question to the app; the app has a token revoked.
  StepCase revoke(const std::string& provider) {
    const StepCase ask = request(Route::sign_out, "/auth/sign-out", "POST");
    return hook(ask, {.revoke_provider = provider, .revoke_token = "rt"});
  }
};

TEST_F(Stages, EveryArrowIsTaken) {
  answer(begin("plain"), kTokens);
  answer(answer(answer(begin("bitbucket"), kTokens), "{}"), "{}");
  answer(begin("signing"), kSignature);

  verdict(answer(answer_with_id_token(begin("openid")), key_set()));
  const StepCase jwks_again = answer(answer_with_id_token(begin("profile")), R"({"keys":[]})");
  const StepCase userinfo = verdict(answer(jwks_again, key_set()));
  answer(userinfo, R"({"sub":"user-1"})");
  verdict(answer(answer_with_jwt(userinfo), key_set()));

  sign_in("provider=github");
  const StepCase exchange = call_back("code=" + std::string(kCode));
  answer(answer(exchange, "", 502), kSessionJson);
  const StepCase redeem = request(Route::confirm, "/auth/confirm?token_hash=abc&type=email");
  answer(answer(redeem, "", 502), kSessionJson);
  RequestCase page{
      .fields = {{RequestField::now, std::to_string(now)},
                 {RequestField::method, "GET"},
                 {RequestField::url, "https://app.example/auth/callback"},
                 {RequestField::fragment, "access_token=at&refresh_token=rt&expires_in=3600&token_type=bearer"}},
      .headers = {{RequestHeader::host, "app.example"}}};
  const StepCase user = serve(core, Route::callback, page);
  page.fields[RequestField::resume] = user.at(fetch_field::resume);
  page.fields[RequestField::status] = "200";
  page.fields[RequestField::answer] = R"({"id":"u"})";
  handle(core, Operation::serve, page.list());

  EXPECT_EQ(revoke("plain").kind(), StepKind::fetch);
  EXPECT_EQ(answer(revoke("signing"), kSignature).kind(), StepKind::fetch);
  EXPECT_EQ(revoke("discovered").at(fetch_field::url), "https://op.example/.well-known/openid-configuration");
  jar[std::string(kKey)] = as_cookie(kSessionJson);
  answer(request(Route::sign_out, "/auth/sign-out", "POST"), "", 204);
  now = 1'768'482'000;
  answer(request(Route::sign_out, "/auth/sign-out", "POST"), kSessionJson);
  answer(request(Route::sign_out, "/auth/sign-out", "POST"), "", 400);
  jar.clear();
  ask_about_own_session();
  ask_about_supabases_session();
  ask_about_logout_tokens();
  EXPECT_EQ(taken_arrows(), stages::listed());
}

TEST_F(Stages, AStageCarriesWhatFollowsItNeeds) {
  const std::set<std::string> at_provider = {"endpoint", "token", "token_type_hint", "signing_input", "end_session"};
  // The app names the provider of the token, and a failure has a code.
  std::set<std::string> after_supabase = {"provider", "code", "detail", "description", "status"};
  after_supabase.insert(at_provider.begin(), at_provider.end());
  // What the answer to a stage's question adds.
  const std::map<std::string, std::set<std::string>> brings = {
      {"app_sign_out", at_provider},
      {"revoked", {"endpoint", "signing_input"}},
      {"renew_metadata", {"endpoint", "signing_input"}},
      {"logout_metadata", {"jwks_uri"}},
      {"token", {"access_token", "jwt", "is_userinfo", "sub", "session_json"}},
      {"userinfo", {"jwt", "is_userinfo", "userinfo_endpoint"}},
      {"exchange", {"provider", "cookies"}},
      {"redeem", {"provider", "cookies"}},
      {"user", {"next"}},
      {"refresh", after_supabase},
      {"logout", after_supabase}};
  // What admit() fills in for the app's answer, out of all that came before.
  const std::set<std::string> admitted = {"provider", "cookies", "asked_next", "session_cookies",
                                          "user",     "tokens",  "warnings"};
  for (const auto& [from, to] : stages::listed()) {
    const auto before = stages::carried().find(from);
    if (before == stages::carried().end()) continue;  // a route: it has the whole request
    for (const std::string& field : stages::carried().at(to)) {
      const auto brought = brings.find(from);
      if (to == "session" && admitted.contains(field)) continue;
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
  const StepCase ask = answer(emails, R"({"values":[]})");
  const Json session = session_of(ask);
  EXPECT_EQ(session.at("access_token"), "at");
  EXPECT_EQ(session.at("userinfo"), (Json{{"name", "n"}}));
  EXPECT_EQ(session.at("emails"), (Json{{"values", Json::array()}}));
  const StepCase done = accept(ask);
  EXPECT_EQ(done.at(respond_field::warnings), warning_line(ErrorCode::iss_unchecked, "providers.bitbucket.issuer"));
  expect_end(done, "/welcome#");
  // What the app refuses names the same provider, and ends the transaction too.
  expect_end(hook(ask, {.is_refused = true}),
             "/auth/auth-code-error?error=session_refused&provider=bitbucket&next=%2Fwelcome#");
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
  const std::string keys =
      R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})";
  for (const StepCase& verify : {answer(jwks, keys), answer(again, keys)}) {
    ASSERT_EQ(verify.kind(), StepKind::verify) << verify.at(respond_field::code);
    EXPECT_EQ(verify.at(verify_field::alg), "EdDSA");
    const StepCase userinfo = verdict(verify);
    ASSERT_EQ(userinfo.kind(), StepKind::fetch) << userinfo.at(respond_field::code);
    EXPECT_EQ(answer(userinfo, R"({"sub":"user-2"})").at(respond_field::code), "userinfo_sub");
    const StepCase ask = answer(userinfo, R"({"sub":"user-1"})");
    EXPECT_EQ(session_of(ask).at("claims").at("sub"), "user-1");
    expect_end(accept(ask), "/welcome#");
  }
}

TEST_F(Stages, ASignOutArrivesWithAllThatCameBefore) {
  jar[std::string(kKey)] = as_cookie(kSessionJson);
  now = 1'768'482'000;
  const StepCase refresh = request(Route::sign_out, "/auth/sign-out?scope=local&next=%2Fbye", "POST");
  const StepCase logout = answer(refresh, kSessionJson);
  EXPECT_EQ(logout.at(fetch_field::url), std::string(kApi) + "/logout?scope=local");
  for (const StepCase& ask : {answer(refresh, "", 400), answer(logout, "", 204)}) {
    const StepCase done = accept(ask);
    EXPECT_EQ(location(done), "/bye#");
    EXPECT_FALSE(set_cookies(done).empty());
  }
}

TEST_F(Stages, ALinkIsTriedAgainOnlySoOften) {
  StepCase redeem = request(Route::confirm, "/auth/confirm?token_hash=abc&type=email");
  for (std::int64_t i = 0; i < kMaxRetries; ++i) redeem = answer(redeem, "", 502);
  ASSERT_EQ(redeem.kind(), StepKind::fetch);
  for (const std::string& line : set_cookies(accept(answer(redeem, kSessionJson))))
    EXPECT_NE(line.find("; Secure"), std::string::npos) << line;
  EXPECT_EQ(answer(redeem, "", 502).kind(), StepKind::respond);
}

}  // namespace
}  // namespace landfall
