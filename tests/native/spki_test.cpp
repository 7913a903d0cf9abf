#include "rules/spki.hpp"

#include "base/base64url.hpp"
#include "rules/jwks.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::hex;
using vectors::Json;

std::string encode(const std::string& number) { return std::string(base64url(number).view()); }

/// The set with the key of a case alone.
Json jwks_of(const Json& c) {
  const auto kty = c.at("kty").get<std::string>();
  Json key = {{"kty", kty}, {"kid", "k"}};
  if (kty != "RSA") key["crv"] = kty == "EC" ? "P-256" : "Ed25519";
  for (const char* name : {"n", "e", "x", "y"})
    if (c.contains(name)) key[name] = encode(bytes(c.at(name)));
  return {{"keys", {key}}};
}

VECTOR_TEST(Spki, spki) {
  const std::string wanted = hex(bytes(c.at("spki")));
  const auto kty = c.at("kty").get<std::string>();
  const std::string x = bytes_or_empty(c, "x");
  const std::string y = bytes_or_empty(c, "y");
  const std::string n = bytes_or_empty(c, "n");
  const std::string e = bytes_or_empty(c, "e");
  const Text built = kty == "RSA" ? build_rsa_spki(n, e) : kty == "EC" ? build_p256_spki(x, y) : build_ed25519_spki(x);
  EXPECT_EQ(hex(built), wanted);

  // The same key out of a set: as it came, and as this.
  const std::string jwks = jwks_of(c).dump();
  const auto set = parse_jwks({.status = 200, .content_type = "application/json", .body = jwks});
  ASSERT_TRUE(set);
  const std::vector<std::string> algs = kty == "RSA"  ? std::vector<std::string>{"RS256", "PS256"}
                                        : kty == "EC" ? std::vector<std::string>{"ES256"}
                                                      : std::vector<std::string>{"EdDSA"};
  for (const std::string& alg : algs) {
    const auto key = select_key(*set, "k", *find_signature_algorithm(alg));
    ASSERT_TRUE(key) << alg;
    EXPECT_EQ(hex(key->spki), wanted);
    Json jwk = jwks_of(c).at("keys").at(0);
    jwk.erase("kid");
    EXPECT_EQ(Json::parse(std::string_view(key->jwk)), jwk);
  }
}

VECTOR_TEST(EcdsaDer, ecdsa_der) { EXPECT_EQ(hex(build_ecdsa_der(bytes(c.at("raw")))), hex(bytes(c.at("der")))); }

}  // namespace
}  // namespace landfall
