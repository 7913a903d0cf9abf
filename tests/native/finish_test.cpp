#include "callback_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::Json;

constexpr const char* kJwks = R"(,"jwksUri":"https://as.example/jwks")";
constexpr const char* kUserinfo = R"(,"userinfoEndpoint":"https://as.example/me")";
constexpr const char* kKeys =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})";

/// What the provider answers once there is a code.
class Finish : public CallbackCase {
 protected:
  void configure_work(const std::string& more) {
    const std::string all = options(provider("work", more + kEndpoints));
    ASSERT_EQ(handle(core_, Operation::configure, {R"({"onSession":true,)" + all.substr(1)}).at(0),
              std::to_string(static_cast<int>(StepKind::ready)));
  }

  /// As far as the request to the token endpoint.
  StepCase ask_tokens() {
    const StepCase step =
        run(Route::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=work"}}, .headers = {}});
    const std::string location = step.headers(respond_field::header_0, "location").at(0);
    const auto parameter = [&](const std::string& name) {
      const std::size_t at = location.find("&" + name + "=") + name.size() + 2;
      return location.substr(at, location.find('&', at) - at);
    };
    state_ = parameter("state");
    nonce_ = parameter("nonce");
    const std::string line = step.headers(respond_field::header_0, "set-cookie").at(0);
    cookie_ = line.substr(0, line.find(';'));
    return run(Route::callback, answer(""));
  }

  StepCase go_on(const StepCase& step, const std::string& body, const std::string& status = "200",
                 const std::string& failure = {}) {
    RequestCase next = answer("");
    next.fields[RequestField::resume] = step.at(fetch_field::resume);
    next.fields[RequestField::status] = status;
    next.fields[RequestField::failure] = failure;
    next.fields[RequestField::answer] = body;
    return run(Route::callback, next);
  }

  static void expect_code(const StepCase& step, const std::string& code) {
    ASSERT_EQ(step.kind(), StepKind::respond) << code;
    EXPECT_EQ(step.at(respond_field::code), code);
    EXPECT_EQ(step.headers(respond_field::header_0, "set-cookie").size(), 2u) << "the sign-in has ended: " << code;
  }

  static std::string tokens(const std::string& more = {}) {
    return R"({"access_token":"at","token_type":"Bearer")" + more + "}";
  }

  [[nodiscard]] std::string with_id_token(const std::string& more = {}) const {
    const Json claims = {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", sub_},
                         {"exp", 1750003600},           {"iat", 1750000000}, {"nonce", nonce_}};
    return tokens(R"(,"id_token":")" + header_ + "." + encode(claims.dump()) + ".AAAA\"" + more);
  }

  /// A member that is so many characters long in ASCII JSON: a letter of two bytes becomes six characters.
  static std::string member_of(std::size_t characters) {
    std::string text = ",\"x\":\"";
    for (std::size_t left = characters; left >= 6; left -= 6) text += "\xC3\xA9";
    return text + std::string(characters % 6, 'a') + "\"";
  }

  static std::size_t session_bytes(const StepCase& ask) {
    EXPECT_EQ(ask.kind(), StepKind::session) << ask.at(respond_field::code);
    return ask.at(session_field::session).rfind(",\"profile\":");  // that comes last, and has a bound of its own
  }

  std::string header_ = encode(R"({"alg":"EdDSA","kid":"k"})");
  std::string nonce_;
  std::string sub_ = "user-1";
};

TEST_F(Finish, ATokenResponseHasASessionOfALimitedSize) {
  configure_work("");
  const StepCase token = ask_tokens();
  const std::size_t room = kMaxSessionBytes - session_bytes(go_on(token, tokens(member_of(0))));
  EXPECT_EQ(go_on(token, tokens(member_of(room))).kind(), StepKind::session);
  expect_code(go_on(token, tokens(member_of(room + 1))), "token_too_large");
}

TEST_F(Finish, SoHasOneWithClaims) {
  configure_work(kIssuer + kJwks + ",");
  const StepCase token = ask_tokens();
  const StepCase verify = go_on(go_on(token, with_id_token(member_of(0))), kKeys);
  ASSERT_EQ(verify.kind(), StepKind::verify) << verify.at(respond_field::code);
  const std::size_t room = kMaxSessionBytes - session_bytes(go_on(verify, "", "1"));
  EXPECT_EQ(go_on(token, with_id_token(member_of(room))).kind(), StepKind::fetch);
  expect_code(go_on(token, with_id_token(member_of(room + 1))), "token_too_large");
}

TEST_F(Finish, SoHasOneWithAProfile) {
  configure_work(std::string(R"("scopes":"read")") + kUserinfo + ",");
  const StepCase userinfo = go_on(ask_tokens(), tokens());
  ASSERT_EQ(userinfo.kind(), StepKind::fetch);
  const auto profile = [](std::size_t characters) { return R"({"sub":"anybody")" + member_of(characters) + "}"; };
  // Without an ID Token, the profile alone says who it is.
  const std::size_t room = kMaxSessionBytes - session_bytes(go_on(userinfo, profile(0)));
  EXPECT_EQ(go_on(userinfo, profile(room)).kind(), StepKind::session);
  expect_code(go_on(userinfo, profile(room + 1)), "userinfo_invalid");
}

TEST_F(Finish, AnIdTokenThatIsNoneIsRefused) {
  configure_work(kIssuer + kJwks + ",");
  const StepCase token = ask_tokens();
  expect_code(go_on(token, tokens(R"(,"id_token":"abc")")), "id_token_malformed");
  nonce_ = "other";
  expect_code(go_on(token, with_id_token()), "id_token_nonce");
}

TEST_F(Finish, AKeySetThatIsNoneIsRefused) {
  configure_work(kIssuer + kJwks + ",");
  const StepCase token = ask_tokens();
  const StepCase jwks = go_on(token, with_id_token());
  ASSERT_EQ(jwks.kind(), StepKind::fetch);
  expect_code(go_on(jwks, "", "500"), "jwks_unavailable");
  expect_code(go_on(jwks, kKeys, "200", "network"), "jwks_unavailable");
  expect_code(go_on(jwks, "[]"), "jwks_invalid");
  expect_code(go_on(jwks, R"({"keys":{}})"), "jwks_invalid");
}

TEST_F(Finish, ASignatureThatNobodyCanCheckIsTheAppsBusiness) {
  configure_work(kIssuer + kJwks + ",");
  const StepCase token = ask_tokens();
  const StepCase verify = go_on(go_on(token, with_id_token()), kKeys);
  ASSERT_EQ(verify.kind(), StepKind::verify) << verify.at(respond_field::code);
  expect_code(go_on(verify, "", "0"), "id_token_signature");
  for (const char* failure : {"refused", "timeout", "no such failure"})
    expect_code(go_on(verify, "", "1", failure), "signature_unchecked");
}

TEST_F(Finish, AProfileThatIsNoneIsRefused) {
  configure_work(std::string(R"("scopes":"read")") + kUserinfo + ",");
  const StepCase userinfo = go_on(ask_tokens(), tokens());
  expect_code(go_on(userinfo, "{}", "500"), "userinfo_unavailable");
  expect_code(go_on(userinfo, "{}", "", "network"), "userinfo_unavailable");
  expect_code(go_on(userinfo, "{}", "200", "too_large"), "userinfo_unavailable");
  expect_code(go_on(userinfo, "[]"), "userinfo_invalid");
  expect_code(go_on(userinfo, "<html>"), "userinfo_invalid");
  expect_code(go_on(userinfo, R"({"sub":"1","name":"a","name":"b"})"), "userinfo_invalid");
}

// 408 and 429 ask to try again, and a failure says nothing.
TEST_F(Finish, AProfileMayBeRefused) {
  configure_work(std::string(R"("scopes":"read")") + kUserinfo + ",");
  const StepCase userinfo = go_on(ask_tokens(), tokens());
  for (const char* status : {"400", "401", "407", "409", "428", "430", "499"})
    expect_code(go_on(userinfo, "{}", status), "userinfo_refused");
  for (const char* status : {"201", "399", "408", "429", "500"})
    expect_code(go_on(userinfo, "{}", status), "userinfo_unavailable");
  expect_code(go_on(userinfo, "{}", "401", "timeout"), "userinfo_unavailable");
}

// The ID Token is of 1750000000; the clocks may differ by so much.
TEST_F(Finish, TheClocksMayDifferByTheTolerance) {
  const auto outcome = [this](const std::string& tolerance, const std::string& now) {
    const std::string json = options(provider("work", kIssuer + kJwks + "," + kEndpoints));
    handle(core_, Operation::configure, {"{" + tolerance + json.substr(1)});
    const StepCase token = ask_tokens();
    RequestCase request{.fields = {{RequestField::resume, token.at(fetch_field::resume)},
                                   {RequestField::status, "200"},
                                   {RequestField::answer, with_id_token()},
                                   {RequestField::now, now}},
                        .headers = {}};
    return run(Route::callback, request).at(respond_field::code);
  };
  EXPECT_EQ(outcome("", "1749999969"), "id_token_iat");
  EXPECT_NE(outcome("", "1749999970"), "id_token_iat");
  EXPECT_EQ(outcome(R"("clockTolerance":0,)", "1749999999"), "id_token_iat");
  EXPECT_EQ(outcome(R"("clockTolerance":600,)", "1749999399"), "id_token_iat");
  EXPECT_NE(outcome(R"("clockTolerance":600,)", "1749999400"), "id_token_iat");
}

TEST_F(Finish, AProfilesSubIsTextAsTheIdTokensIs) {
  configure_work(kIssuer + kJwks + kUserinfo + ",");
  sub_ = "1";
  const StepCase token = ask_tokens();
  const StepCase userinfo = go_on(go_on(go_on(token, with_id_token()), kKeys), "", "1");
  ASSERT_EQ(userinfo.kind(), StepKind::fetch);
  EXPECT_EQ(go_on(userinfo, R"({"sub":"1"})").kind(), StepKind::session);
  expect_code(go_on(userinfo, R"({"sub":1})"), "userinfo_sub");
  expect_code(go_on(userinfo, R"({"sub":"2"})"), "userinfo_sub");
  expect_code(go_on(userinfo, "{}"), "userinfo_sub");
}

TEST_F(Finish, AFailureHasTheStatusOfTheLastFetch) {
  configure_work("");
  const StepCase token = ask_tokens();
  EXPECT_EQ(go_on(token, "{}", "503").at(respond_field::provider_status), "503");
  EXPECT_EQ(go_on(token, tokens(member_of(kMaxSessionBytes))).at(respond_field::provider_status), "200");
  EXPECT_EQ(go_on(token, "", "0", "network").at(respond_field::provider_status), "");
}

TEST_F(Finish, AProviderThatIsGoneMeanwhileIsRefused) {
  configure_work("");
  const StepCase token = ask_tokens();
  configure(provider("other", kEndpoints));
  expect_code(go_on(token, tokens()), "internal_error");
}

// The host keeps `resume`. One that somebody changed gets an outcome too.
TEST_F(Finish, AnIdTokenThatWasChangedMeanwhileIsRefused) {
  configure_work(kIssuer + kJwks + ",");
  const StepCase token = ask_tokens();
  StepCase jwks = go_on(token, with_id_token());
  std::string& resume = jwks.fields[fetch_field::resume];
  const std::size_t at = resume.find(header_ + ".");
  ASSERT_NE(at, std::string::npos);
  resume.replace(at, header_.size(), std::string(header_.size(), '.'));
  expect_code(go_on(jwks, kKeys), "id_token_malformed");
}

}  // namespace
}  // namespace landfall
