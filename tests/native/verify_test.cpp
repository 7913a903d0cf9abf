#include "callback_case.hpp"
#include "rules/signature_algorithm.hpp"
#include "rules/spki.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::Json;

/// What a host is given to verify an ID Token with.
class VerifyStep : public CallbackCase {
 protected:
  /// From the callback to the answer to the key set. @param signature bytes.
  StepCase verify(const std::string& alg, const Json& key, const std::string& signature) {
    const std::string more = kIssuer + R"(,"idTokenSignedResponseAlg":")" + alg +
                             R"(","jwksUri":"https://as.example/jwks","scopes":"openid",)" + kEndpoints;
    configure(provider("work", more));
    RequestCase start{.fields = {{RequestField::url, "/auth/sign-in?provider=work"}}, .headers = {}};
    const StepCase started = run(Route::sign_in, start);
    const std::string location = started.headers(respond_field::header_0, "location").at(0);
    const auto parameter = [&](const std::string& name) {
      const std::size_t at = location.find("&" + name + "=") + name.size() + 2;
      return location.substr(at, location.find('&', at) - at);
    };
    state_ = parameter("state");
    const std::string line = started.headers(respond_field::header_0, "set-cookie").at(0);
    cookie_ = line.substr(0, line.find(';'));
    RequestCase request = complete(answer(""));
    const StepCase token = serve(core_, Route::callback, request);
    const Json claims = {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "u"},
                         {"exp", 1750003600},           {"iat", 1750000000}, {"nonce", parameter("nonce")}};
    data_ = encode(Json{{"alg", alg}, {"kid", "k"}}.dump()) + "." + encode(claims.dump());
    const std::string id_token = data_ + "." + encode(signature);
    const StepCase jwks =
        go_on(request, token, Json{{"access_token", "at"}, {"token_type", "Bearer"}, {"id_token", id_token}}.dump());
    EXPECT_EQ(jwks.at(fetch_field::url), "https://as.example/jwks") << jwks.at(respond_field::code);
    return go_on(request, jwks, Json{{"keys", {key}}}.dump());
  }

  StepCase go_on(RequestCase& request, const StepCase& step, const std::string& body) {
    request.fields[RequestField::resume] = step.at(fetch_field::resume);
    request.fields[RequestField::status] = "200";
    request.fields[RequestField::answer] = body;
    return serve(core_, Route::callback, request);
  }

  std::string data_;
};

Json ec_key(const std::string& crv, std::size_t bytes) {
  return {{"kty", "EC"},
          {"crv", crv},
          {"kid", "k"},
          {"x", encode(std::string(bytes, 'x'))},
          {"y", encode(std::string(bytes, 'y'))}};
}
const Json kP256 = ec_key("P-256", 32);
const Json kEd25519 = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "k"}, {"x", encode(std::string(32, 'x'))}};

TEST_F(VerifyStep, HasAnEcdsaSignatureInBothForms) {
  const std::string signature = '\x80' + std::string(31, 'r') + std::string(2, '\0') + std::string(30, 's');
  const StepCase step = verify("ES256", kP256, signature);
  ASSERT_EQ(step.kind(), StepKind::verify) << step.at(respond_field::code);
  EXPECT_EQ(step.at(verify_field::alg), "ES256");
  EXPECT_EQ(step.at(verify_field::data), data_);
  EXPECT_EQ(step.at(verify_field::signature), encode(signature));
  EXPECT_EQ(step.at(verify_field::signature_der), encode(build_ecdsa_der(signature)));
  EXPECT_EQ(step.at(verify_field::spki), encode(build_spki(find_signature_algorithm("ES256")->key_identifier,
                                                           "\x04" + std::string(32, 'x') + std::string(32, 'y'))));
  Json jwk = kP256;
  jwk.erase("kid");
  EXPECT_EQ(Json::parse(step.at(verify_field::jwk)), jwk);
}

TEST_F(VerifyStep, HasOneFormOfAnotherSignature) {
  const StepCase step = verify("EdDSA", kEd25519, std::string(64, 's'));
  ASSERT_EQ(step.kind(), StepKind::verify) << step.at(respond_field::code);
  EXPECT_EQ(step.at(verify_field::alg), "EdDSA");
  EXPECT_EQ(step.at(verify_field::signature_der), "");
  EXPECT_EQ(step.at(verify_field::spki),
            encode(build_spki(find_signature_algorithm("EdDSA")->key_identifier, std::string(32, 'x'))));
}

// A host that has the DER alone would not see that the two numbers have another length than they should.
TEST_F(VerifyStep, AnEcdsaSignatureOfAnotherLengthIsNone) {
  struct Curve {
    const char* alg;
    const char* crv;
    std::size_t bytes;
  };
  for (const auto& [alg, crv, curve_bytes] :
       {Curve{"ES256", "P-256", 32}, Curve{"ES384", "P-384", 48}, Curve{"ES512", "P-521", 66}})
    for (const std::size_t bytes : {1u, 2u, 62u, 63u, 64u, 65u, 66u, 95u, 96u, 97u, 131u, 132u, 133u, 1000u}) {
      const StepCase step = verify(alg, ec_key(crv, curve_bytes), std::string(bytes, 's'));
      const bool is_right = bytes == 2 * curve_bytes;
      ASSERT_EQ(step.kind(), is_right ? StepKind::verify : StepKind::respond) << alg << " " << bytes;
      if (is_right) continue;
      EXPECT_EQ(step.at(respond_field::code), "id_token_signature") << bytes;
      EXPECT_EQ(step.at(respond_field::keep), "1") << "the key set itself is good";
    }
}

}  // namespace
}  // namespace landfall
