#include "openid_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

constexpr const char* kEvent = "http://schemas.openid.net/event/backchannel-logout";

/// A provider posts a logout token to the app.
class LogoutToken : public OpenIdCase {
 protected:
  void SetUp() override { configure_only({"openid", "discovered"}); }

  [[nodiscard]] Json claims(const Json& changes = Json::object()) const {
    Json all = {{"iss", "https://as.example"},
                {"aud", "client-1"},
                {"sub", "user-1"},
                {"sid", "s-1"},
                {"jti", "j-1"},
                {"iat", now},
                {"exp", now + 120},
                {"events", {{kEvent, Json::object()}}}};
    all.merge_patch(changes);
    return all;
  }

  /// As far as the first question. @param token the form's value, which no encoding changes.
  StepCase send(const std::string& token, const std::map<RequestField, std::string>& changes = {},
                const std::string& content_type = "application/x-www-form-urlencoded") {
    return post(Operation::verify_logout_token, "logout_token=" + token, changes, content_type);
  }

  StepCase send(const Json& token) { return send(sign("RS256", token)); }

  static void expect_fault(const StepCase& step, std::string_view part) {
    EXPECT_EQ(step.kind(), StepKind::respond) << part;
    EXPECT_EQ(step.at(respond_field::code), "logout_token_invalid") << part;
    EXPECT_EQ(step.at(respond_field::parameter), part);
    EXPECT_EQ(step.at(respond_field::status), "400");
  }

  static void expect_logout(const StepCase& step, const std::string& provider, const std::string& sub,
                            const std::string& sid) {
    ASSERT_EQ(step.kind(), StepKind::logout) << step.at(respond_field::code) << step.at(respond_field::parameter);
    EXPECT_EQ(step.at(logout_field::provider), provider);
    EXPECT_EQ(step.at(logout_field::sub), sub);
    EXPECT_EQ(step.at(logout_field::sid), sid);
    EXPECT_EQ(step.at(logout_field::jti), "j-1");
  }
};

TEST_F(LogoutToken, OfAProviderWithoutItsSettingsIsAStrangers) {
  Json openid = all_providers().at("openid");
  openid["clientSecret"] = nullptr;
  configure_providers({{"providers", {{"openid", openid}}}});
  const StepCase step = send(claims());
  EXPECT_EQ(step.kind(), StepKind::respond);
  EXPECT_EQ(step.at(respond_field::code), "logout_token_invalid");
}

TEST_F(LogoutToken, NamesTheSessionThatIsOver) {
  const StepCase keys = send(claims());
  ASSERT_EQ(keys.kind(), StepKind::fetch) << keys.at(respond_field::parameter);
  EXPECT_EQ(keys.at(fetch_field::url), "https://as.example/jwks");
  EXPECT_EQ(keys.at(fetch_field::max_age), "600");
  const StepCase verify = answer(keys, key_set());
  ASSERT_EQ(verify.kind(), StepKind::verify);
  EXPECT_EQ(verify.at(verify_field::keep), "1");
  expect_logout(verdict(verify), "openid", "user-1", "s-1");
  expect_fault(answer(verify, "", 0), "signature");
  EXPECT_EQ(answer_failure(verify, "refused", "").at(respond_field::code), "signature_unchecked");
}

TEST_F(LogoutToken, NamesAPersonOrASession) {
  const auto verified = [this](const Json& changes) { return verdict(answer(send(claims(changes)), key_set())); };
  expect_logout(verified({{"sid", nullptr}}), "openid", "user-1", "");
  expect_logout(verified({{"sub", nullptr}}), "openid", "", "s-1");
  expect_logout(verified({{"aud", {"other", "client-1"}}}), "openid", "user-1", "s-1");
}

TEST_F(LogoutToken, AsksForAnUnknownKeyOnceMore) {
  const StepCase again = answer(send(claims()), R"({"keys":[]})");
  EXPECT_EQ(again.at(fetch_field::again), "1");
  EXPECT_EQ(again.at(fetch_field::max_age), "10");
  EXPECT_EQ(answer(again, key_set()).kind(), StepKind::verify);
  const StepCase unknown = answer(again, R"({"keys":[]})");
  expect_fault(unknown, "kid");
  EXPECT_EQ(unknown.at(respond_field::keep), "1");
  EXPECT_EQ(answer(send(claims()), "", 500).at(respond_field::code), "jwks_unavailable");
}

TEST_F(LogoutToken, ComesFromAProviderOfMetadataToo) {
  const StepCase metadata = send(claims({{"iss", "https://op.example"}, {"aud", "client-3"}}));
  EXPECT_EQ(metadata.at(fetch_field::url), "https://op.example/.well-known/openid-configuration");
  const StepCase keys =
      answer(metadata, R"({"issuer":"https://op.example","authorization_endpoint":"https://op.example/a",)"
                       R"("token_endpoint":"https://op.example/t","jwks_uri":"https://op.example/k"})");
  EXPECT_EQ(keys.at(fetch_field::url), "https://op.example/k");
  EXPECT_EQ(keys.at(fetch_field::keep), "1");
  expect_logout(verdict(answer(keys, key_set())), "discovered", "user-1", "s-1");
  EXPECT_EQ(answer(metadata, "{}").at(respond_field::code), "discovery_issuer");
  EXPECT_EQ(answer(metadata, "", 500).at(respond_field::code), "discovery_unavailable");
}

TEST_F(LogoutToken, NamesTheAlgorithmAtFaultOnceTheMetadataIsThere) {
  for (const char* alg : {"none", "HS256", "RS384", "XS256"}) {
    const StepCase metadata = send(sign(alg, claims({{"iss", "https://op.example"}, {"aud", "client-3"}})));
    ASSERT_EQ(metadata.kind(), StepKind::fetch) << alg;
    expect_fault(answer(metadata, R"({"issuer":"https://op.example","authorization_endpoint":"https://op.example/a",)"
                                  R"("token_endpoint":"https://op.example/t","jwks_uri":"https://op.example/k"})"),
                 "alg");
  }
}

TEST_F(LogoutToken, EachClaimIsAsItHasToBe) {
  const auto expect = [this](const Json& changes, std::string_view part) { expect_fault(send(claims(changes)), part); };
  expect({{"iss", "https://evil.example"}}, "iss");
  expect({{"aud", "client-9"}}, "iss");
  expect({{"exp", now - 30}}, "exp");
  expect({{"exp", nullptr}}, "exp");
  expect({{"iat", now + 31}}, "exp");
  expect({{"iat", nullptr}}, "exp");
  expect({{"events", nullptr}}, "events");
  expect({{"events", kEvent}}, "events");
  expect({{"events", {{kEvent, true}}}}, "events");
  Json other = claims();
  other["events"] = {{"http://schemas.openid.net/event/other", Json::object()}};
  expect_fault(send(other), "events");
  expect({{"nonce", "n"}}, "nonce");
  Json with_null = claims();
  with_null["nonce"] = nullptr;
  expect_fault(send(with_null), "nonce");
  expect({{"jti", nullptr}}, "jti");
  expect({{"jti", ""}}, "jti");
  expect({{"jti", 7}}, "jti");
  expect({{"jti", std::string(256, 'j')}}, "jti");
  expect({{"sid", 7}}, "sid");
  expect({{"sid", "\n"}}, "sid");
  expect({{"sub", 7}}, "sub");
  expect({{"sub", nullptr}, {"sid", nullptr}}, "sub");
}

TEST_F(LogoutToken, EachAlgorithmIsOneThatMaySign) {
  for (const char* alg : {"none", "HS256", "RS384", "XS256"}) expect_fault(send(sign(alg, claims())), "alg");
  expect_fault(answer(answer(send(sign("ES256", claims())), key_set()), key_set()), "kid");
}

TEST_F(LogoutToken, AMacIsCheckedWithTheClientSecret) {
  configure_only({"mac"});
  const std::string token = sign("HS256", claims());
  expect_logout(send(token), "mac", "user-1", "s-1");
  expect_fault(send(token.substr(0, token.size() - 1) + (token.back() == 'A' ? "Q" : "A")), "signature");
  expect_fault(send(token.substr(0, token.rfind('.')) + ".AAAA"), "signature");
  expect_fault(send(sign("RS256", claims())), "alg");
}

TEST_F(LogoutToken, OfAnotherFormThanItsKeyHasAWrongSignature) {
  const std::string half(43, 'A');
  const Json key = {{"kty", "EC"}, {"crv", "P-256"}, {"kid", "k"}, {"x", half}, {"y", half}};
  const StepCase step = answer(send(sign("ES256", claims())), Json{{"keys", {key}}}.dump());
  expect_fault(step, "signature");
  EXPECT_EQ(step.at(respond_field::keep), "1");
}

TEST_F(LogoutToken, ComesFromAProviderThatIsSetUpForOpenId) {
  Json openid = all_providers().at("openid");
  Json plain = openid;
  plain["scopes"] = "read";
  configure_providers({{"providers", {{"a", plain}, {"openid", openid}}}});
  expect_logout(verdict(answer(send(claims()), key_set())), "openid", "user-1", "s-1");
  openid["clientSecret"] = nullptr;
  configure_providers({{"providers", {{"openid", openid}}}});
  expect_fault(send(claims()), "iss");
}

TEST_F(LogoutToken, ALongNameIsOne) {
  EXPECT_EQ(send(claims({{"jti", std::string(255, 'j')}})).kind(), StepKind::fetch);
}

TEST_F(LogoutToken, AProviderMayBeGoneInTheMeantime) {
  const StepCase keys = send(claims());
  configure_only({"discovered"});
  EXPECT_EQ(answer(keys, key_set()).at(respond_field::code), "internal_error");
}

TEST_F(LogoutToken, IsAPostedForm) {
  const std::string token = sign("RS256", claims());
  EXPECT_EQ(send(token, {{RequestField::method, "GET"}}).at(respond_field::code), "method_not_allowed");
  EXPECT_EQ(send(token, {}, "application/json").at(respond_field::code), "content_type");
  for (const std::string& text : {std::string(), std::string("x"), std::string("a.b.c"), std::string("e30.e30.")})
    expect_fault(send(text), text == "e30.e30." ? "iss" : "logout_token");
  EXPECT_EQ(send(token, {{RequestField::has_body, ""}}).kind(), StepKind::body);
  EXPECT_EQ(send(token, {{RequestField::body, std::string(kMaxFormBodyBytes, 'x')}}).at(respond_field::code),
            "logout_token_invalid");
  EXPECT_EQ(send(token, {{RequestField::body, std::string(kMaxFormBodyBytes + 1, 'x')}}).at(respond_field::code),
            "request_too_large");
}

TEST_F(LogoutToken, AForeignResumeIsAnError) {
  const std::string resume = send(claims()).at(fetch_field::resume);
  const auto go_on = [this](const std::string& text, const std::string& status) {
    return send("", {{RequestField::resume, text}, {RequestField::status, status}}).at(respond_field::code);
  };
  EXPECT_EQ(go_on("x", "200"), "internal_error");
  EXPECT_EQ(go_on(resume, ""), "internal_error") << "without a result";
  const auto with_token = [&](const std::string& token) {
    const std::string ours = sign("RS256", claims());
    EXPECT_EQ(token.size(), ours.size());
    return std::string(resume).replace(resume.find(ours), ours.size(), token);
  };
  EXPECT_EQ(go_on(with_token(sign("RS256", claims())), "200"), "jwks_invalid");
  EXPECT_EQ(go_on(with_token(sign("XS256", claims())), "200"), "internal_error") << "of an algorithm that is none";
  EXPECT_EQ(go_on(with_token(std::string(sign("RS256", claims()).size(), 'x')), "200"), "internal_error") << "no token";
}

}  // namespace
}  // namespace landfall
