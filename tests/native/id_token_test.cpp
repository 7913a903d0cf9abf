#include "rules/id_token.hpp"

#include "base/base64url.hpp"
#include "base/sha256.hpp"
#include "rules/jwks.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;
using vectors::name_of;

VECTOR_TEST(IdToken, id_token) {
  const Text compact = concat(base64url(bytes(c.at("header"))), ".", base64url(bytes(c.at("claims"))), ".AAAA");
  const auto id_token = parse_id_token(compact);
  ASSERT_TRUE(id_token);
  const std::string nonce = c.value("expected_nonce", "n-0123456789");
  const std::string registered_alg = bytes_or_empty(c, "registered_alg");
  IdTokenExpectation expected;
  expected.issuer = "https://as.example";
  expected.client_id = "client-1";
  expected.nonce = nonce;
  expected.access_token = "at";
  if (c.contains("max_age")) expected.max_age = c.at("max_age").get<std::int64_t>();
  expected.registered_alg = registered_alg;
  expected.now = 1750000000;
  EXPECT_EQ(name_of(check_id_token(*id_token, expected)), c.at("code").get<std::string>());
}

VECTOR_TEST(Jwks, jwks) {
  const std::string text = bytes(c.at("jwks"));
  const auto jwks = parse_jwks({.status = 200, .content_type = "application/json", .body = text});
  ASSERT_TRUE(jwks);
  const SignatureAlgorithm* algorithm = find_signature_algorithm(c.at("alg").get<std::string>());
  ASSERT_NE(algorithm, nullptr);
  const auto jwk = select_key(*jwks, bytes(c.at("kid")), *algorithm);
  if (c.contains("error")) {
    ASSERT_FALSE(jwk) << *jwk;
    EXPECT_EQ(name_of(jwk.error().code), c.at("error").get<std::string>());
    return;
  }
  ASSERT_TRUE(jwk) << name_of(jwk.error().code);
  EXPECT_EQ(Json::parse(std::string_view(*jwk)), c.at("jwk")) << *jwk;
}

TEST(IdToken, NeverNoneAndNeverAMac) {
  for (const char* alg : {"", "none", "None", "NONE", "HS256", "HS384", "HS512", "RS1", "ES256K"}) {
    EXPECT_EQ(find_signature_algorithm(alg), nullptr) << alg;
  }
  for (const char* alg : {"RS256", "PS256", "ES256", "EdDSA"}) {
    const SignatureAlgorithm* algorithm = find_signature_algorithm(alg);
    ASSERT_NE(algorithm, nullptr) << alg;
    EXPECT_TRUE(Json::accept(algorithm->webcrypto)) << alg;
  }
}

TEST(IdToken, AtHashIsTheLeftHalf) {
  const Sha256Digest digest = sha256("at");
  const std::string_view whole = as_bytes(digest);
  EXPECT_TRUE(at_hash_matches(base64url(whole.substr(0, 16)), whole));
  EXPECT_FALSE(at_hash_matches(base64url(whole.substr(0, 15)), whole));
  EXPECT_FALSE(at_hash_matches(base64url(whole.substr(16)), whole));
  EXPECT_FALSE(at_hash_matches("", whole));
  EXPECT_FALSE(at_hash_matches("", "")) << "no digest is no proof";
}

}  // namespace
}  // namespace landfall
