// Profiles that come as a JWT, and tokens whose signature is a MAC of the client secret.
#include "openid_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

class SignedUserinfo : public OpenIdCase {
 protected:
  /// As far as the request for the profile.
  StepCase ask_profile() { return verdict(answer(answer_with_id_token(begin("profile")), key_set())); }
};

TEST_F(SignedUserinfo, IsVerifiedAndThenRead) {
  const StepCase jwks = answer_with_jwt(ask_profile());
  EXPECT_EQ(jwks.at(fetch_field::url), "https://as.example/jwks");
  const StepCase verify = answer(jwks, key_set());
  ASSERT_EQ(verify.kind(), StepKind::verify) << verify.at(respond_field::code);
  const Json profile = {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"}, {"name", "n"}};
  EXPECT_EQ(verify.at(verify_field::data) + ".AAAA", sign("RS256", profile));
  const StepCase ask = verdict(verify);
  EXPECT_EQ(session_of(ask).at("userinfo"), profile);
  EXPECT_EQ(session_of(ask).at("claims").at("sub"), "user-1");
  expect_end(accept(ask), "/welcome#");
}

TEST_F(SignedUserinfo, NothingOfItCountsBeforeItsSignature) {
  const StepCase verify = answer(answer_with_jwt(ask_profile()), key_set());
  EXPECT_EQ(answer(verify, "", 0).at(respond_field::code), "userinfo_signature");
  const StepCase again = answer(answer_with_jwt(ask_profile()), R"({"keys":[]})");
  EXPECT_EQ(answer(again, R"({"keys":[]})").at(respond_field::code), "userinfo_signature");
}

TEST_F(SignedUserinfo, IsForThisAppAndThisPerson) {
  const std::map<std::string, Json> refused = {{"userinfo_invalid", {{"iss", "https://evil.example"}}},
                                               {"userinfo_invalid ", {{"iss", nullptr}}},
                                               {"userinfo_invalid  ", {{"aud", "client-2"}}},
                                               {"userinfo_invalid   ", {{"aud", nullptr}}}};
  for (const auto& [code, changes] : refused)
    EXPECT_EQ(answer_with_jwt(ask_profile(), changes).at(respond_field::code), code.substr(0, code.find(' ')))
        << changes;
  const Json several = {{"aud", {"client-2", "client-1"}}};
  EXPECT_EQ(answer_with_jwt(ask_profile(), several).at(fetch_field::url), "https://as.example/jwks");
  const StepCase other = answer(answer_with_jwt(ask_profile(), {{"sub", "user-2"}}), key_set());
  EXPECT_EQ(verdict(other).at(respond_field::code), "userinfo_sub");
}

TEST_F(SignedUserinfo, IsSignedWithWhatAnIdTokenMayBeSignedWith) {
  for (const std::string alg : {"none", "HS256", "RS384", "ES512"})
    EXPECT_EQ(answer_with_jwt(ask_profile(), Json::object(), alg).at(respond_field::code), "userinfo_signature") << alg;
  for (const std::string body : {"", "x", "e30.e30", "e30.e30.AAAA.AAAA.AAAA", R"({"sub":"user-1"})"})
    EXPECT_EQ(answer(ask_profile(), body, 200, "", "application/jwt").at(respond_field::code), "userinfo_invalid")
        << body;
}

TEST_F(SignedUserinfo, KnowsNoCriticalExtension) {
  const std::string jwt = sign("RS256", {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"}});
  Memory memory;
  const MemoryScope scope(memory);
  const std::string header(base64url(R"({"alg":"RS256","kid":"k","crit":["b64"]})").view());
  const std::string critical = header + jwt.substr(jwt.find('.'));
  EXPECT_EQ(answer(ask_profile(), critical, 200, "", "application/jwt").at(respond_field::code), "userinfo_signature");
}

TEST_F(SignedUserinfo, WithoutOpenIdThereIsNobodyToAsk) {
  const StepCase profile = answer(begin("bitbucket"), kTokens);
  EXPECT_EQ(answer_with_jwt(profile).at(respond_field::code), "userinfo_invalid");
}

TEST_F(SignedUserinfo, AMacIsCheckedWithTheClientSecret) {
  const StepCase profile = answer_with_id_token(begin("mac"), "HS256");
  EXPECT_EQ(profile.at(fetch_field::url), "https://as.example/me") << "no key set";
  EXPECT_EQ(session_of(answer(profile, R"({"sub":"user-1"})")).at("claims").at("sub"), "user-1");
  const StepCase ask = answer_with_jwt(profile, Json::object(), "HS256");
  EXPECT_EQ(session_of(ask).at("userinfo").at("name"), "n");
}

TEST_F(SignedUserinfo, AnotherMacIsNone) {
  EXPECT_EQ(answer_with_id_token(begin("mac"), "HS256", "AAAA").at(respond_field::code), "id_token_signature");
  EXPECT_EQ(answer_with_id_token(begin("mac"), "RS256").at(respond_field::code), "id_token_alg");
  EXPECT_EQ(answer_with_id_token(begin("profile"), "HS256").at(respond_field::code), "id_token_alg");
  const StepCase profile = answer_with_id_token(begin("mac"), "HS256");
  const std::string jwt = sign("HS256", {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"}});
  const std::string cut = jwt.substr(0, jwt.rfind('.') + 1);
  for (const std::string& forged : {cut, cut + "AAAA", cut + std::string(43, 'A')})
    EXPECT_EQ(answer(profile, forged, 200, "", "application/jwt").at(respond_field::code), "userinfo_signature")
        << forged;
}

}  // namespace
}  // namespace landfall
