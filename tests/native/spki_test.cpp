#include "rules/spki.hpp"

#include "base/base64url.hpp"
#include "rules/jwks.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::hex;
using vectors::Json;

std::string encode(const std::string& number) { return std::string(base64url(number).view()); }

/// The set with the key of a case alone.
Json jwks_of(const Json& c) {
  const auto kty = c.at("kty").get<std::string>();
  Json key = {{"kty", kty}, {"kid", "k"}};
  if (c.contains("crv")) key["crv"] = c.at("crv");
  for (const char* name : {"n", "e", "x", "y"})
    if (c.contains(name)) key[name] = encode(bytes(c.at(name)));
  return {{"keys", {key}}};
}

VECTOR_TEST(Spki, spki) {
  const std::string wanted = hex(bytes(c.at("spki")));
  const std::string jwks = jwks_of(c).dump();
  const auto set = parse_jwks({.status = 200, .content_type = "application/json", .body = jwks});
  ASSERT_TRUE(set);
  for (const auto& alg : c.at("algs").get<std::vector<std::string>>()) {
    const auto key = select_key(*set, "k", *find_signature_algorithm(alg), {}, {});
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
