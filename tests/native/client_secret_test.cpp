#include "rules/client_secret.hpp"

#include <gtest/gtest.h>

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "openid_case.hpp"

namespace landfall {
namespace {

Provider signing() {
  Provider provider;
  provider.client_id = "app";
  provider.issuer = "https://as.example";
  provider.team_id = "team";
  provider.key_id = "key \"1\"";
  provider.private_key = "MEE";
  return provider;
}

std::string part(std::string_view compact, int index) {
  for (; index > 0; --index) compact.remove_prefix(compact.find('.') + 1);
  return std::string(parse_base64url(compact.substr(0, compact.find('.')))->view());
}

TEST(ClientSecret, IsAJwtOfTheApp) {
  const Text data = build_client_secret(signing(), 1'750'000'000);
  EXPECT_EQ(part(data, 0), R"({"alg":"ES256","kid":"key \"1\""})");
  EXPECT_EQ(part(data, 1),
            R"({"iss":"team","sub":"app","aud":"https://as.example","iat":1749999600,"exp":1750006800})");
}

TEST(ClientSecret, IsTheSameForAnHour) {
  const auto at = [](std::int64_t now) { return build_client_secret(signing(), now); };
  EXPECT_EQ(at(1'749'999'600), at(1'749'999'600 + kClientSecretStepSeconds - 1));
  EXPECT_NE(at(1'749'999'600).view(), at(1'749'999'600 + kClientSecretStepSeconds).view());
}

TEST(ClientSecret, NeedsASignature) {
  const Text secret = sign_client_secret("a.b", kSignature);
  EXPECT_EQ(secret, concat("a.b.", kSignature));
  for (const std::string& signature :
       {std::string(), std::string(85, 'A'), std::string(87, 'A'), std::string("="), std::string(84, 'A')})
    EXPECT_TRUE(sign_client_secret("a.b", signature).empty()) << signature;
}

/// At a provider whose client secret a key signs.
class SignedSecret : public OpenIdCase {};

TEST_F(SignedSecret, GoesIntoTheTokenRequest) {
  const StepCase sign = begin("signing");
  ASSERT_EQ(sign.kind(), StepKind::sign);
  EXPECT_EQ(sign.at(sign_field::key), kPrivateKey);
  const StepCase fetch = answer(sign, kSignature);
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/token");
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "client_secret"), sign.at(sign_field::data) + "." + kSignature);
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "code"), "c");
}

TEST_F(SignedSecret, IsWhatWasSignedAlsoWhenTheHourEnds) {
  const StepCase sign = begin("signing");
  now += kClientSecretStepSeconds;
  EXPECT_EQ(parameter_of(answer(sign, kSignature).at(fetch_field::body), "client_secret"),
            sign.at(sign_field::data) + "." + kSignature);
}

TEST_F(SignedSecret, ThatCannotBeSignedEndsTheSignIn) {
  const StepCase end = answer(begin("signing"), "");
  EXPECT_EQ(end.at(respond_field::code), "client_secret_unsigned");
  EXPECT_EQ(end.at(respond_field::provider), "signing");
  EXPECT_EQ(set_cookies(end).size(), 2u);
  EXPECT_EQ(parameter_of(location(end), "error"), "client_secret_unsigned");
}

TEST_F(SignedSecret, OfAProviderThatIsGoneMeanwhileEndsTheSignIn) {
  const StepCase sign = begin("signing");
  configure();
  EXPECT_EQ(answer(sign, kSignature).at(respond_field::code), "internal_error");
}

TEST_F(SignedSecret, GoesIntoTheRevocation) {
  const StepCase sign =
      hook(request(Route::sign_out, "/auth/sign-out", "POST"), {.revoke_provider = "signing", .revoke_token = "rt"});
  ASSERT_EQ(sign.kind(), StepKind::sign);
  const StepCase fetch = answer(sign, kSignature);
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/revoke");
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "token"), "rt");
  EXPECT_EQ(parameter_of(fetch.at(fetch_field::body), "client_secret"), sign.at(sign_field::data) + "." + kSignature);
  const StepCase end = answer(sign, "");
  EXPECT_EQ(end.at(respond_field::code), "client_secret_unsigned");
  EXPECT_EQ(location(end), "/#") << "the person is signed out here all the same";
}

}  // namespace
}  // namespace landfall
