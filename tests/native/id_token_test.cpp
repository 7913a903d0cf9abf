#include "rules/id_token.hpp"

#include "base/base64url.hpp"
#include "base/sha256.hpp"
#include "base/sha512.hpp"
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
  const std::string named_alg = bytes_or_empty(c, "named_alg");
  const std::string listed_algs = c.value("listed_algs", "");
  const std::string issuer = c.value("issuer", "https://as.example");
  const std::string client_id = c.value("client_id", "client-1");
  IdTokenExpectation expected;
  expected.issuers.issuer = issuer;
  expected.client_id = client_id;
  expected.nonce = nonce;
  expected.access_token = "at";
  if (c.contains("max_age")) expected.max_age = c.at("max_age").get<std::int64_t>();
  expected.named_alg = named_alg;
  expected.listed_algs = listed_algs;
  expected.now = 1750000000;
  EXPECT_EQ(name_of(check_id_token(*id_token, expected)), c.at("code").get<std::string>());
}

VECTOR_TEST(Jwks, jwks) {
  const std::string text = bytes(c.at("jwks"));
  const auto jwks = parse_jwks({.status = 200, .content_type = "application/json", .body = text});
  ASSERT_TRUE(jwks);
  const SignatureAlgorithm* algorithm = find_signature_algorithm(c.at("alg").get<std::string>());
  ASSERT_NE(algorithm, nullptr);
  const auto jwk = select_key(*jwks, bytes(c.at("kid")), *algorithm, {}, {});
  if (c.contains("error")) {
    ASSERT_FALSE(jwk) << jwk->jwk;
    EXPECT_EQ(name_of(jwk.error().code), c.at("error").get<std::string>());
    return;
  }
  ASSERT_TRUE(jwk) << name_of(jwk.error().code);
  EXPECT_EQ(Json::parse(std::string_view(jwk->jwk)), c.at("jwk")) << jwk->jwk;
}

TEST(IdToken, NeverNone) {
  for (const char* alg : {"", "none", "None", "NONE", "hs256", "HS384", "HS512", "RS1", "ES256K", "Ed448"}) {
    EXPECT_EQ(find_signature_algorithm(alg), nullptr) << alg;
  }
  EXPECT_EQ(find_signature_algorithm("Ed25519"), find_signature_algorithm("EdDSA")) << "two names of one (RFC 9864)";
}

/// Who is accepted: without a word of anybody, where the metadata lists it, where the configuration names it.
TEST(IdToken, AMacOnlyWhereTheConfigurationNamesIt) {
  constexpr std::string_view kAll =
      "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519 HS256 HS384 HS512 none ";
  for (const std::string_view alg :
       {"RS256", "PS256", "ES256", "EdDSA", "Ed25519", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512", "HS256"}) {
    SCOPED_TRACE(alg);
    const SignatureAlgorithm* algorithm = find_signature_algorithm(alg);
    ASSERT_NE(algorithm, nullptr);
    const bool is_usual = alg.ends_with("256") || alg.starts_with("Ed");
    const bool is_mac = alg == "HS256";
    EXPECT_EQ(is_accepted(*algorithm, "", ""), is_usual && !is_mac);
    EXPECT_EQ(is_accepted(*algorithm, "", kAll), !is_mac) << "metadata never allows a MAC";
    EXPECT_TRUE(is_accepted(*algorithm, alg, ""));
    EXPECT_FALSE(is_accepted(*algorithm, alg == "RS512" ? "RS256" : "RS512", kAll)) << "then no other";
  }
}

/// What is said of an ID Token with this at_hash, for the access token `at`.
ErrorCode check_at_hash(std::string_view alg, std::string_view at_hash) {
  const Text claims = concat(R"({"iss":"https://as.example","aud":"client-1","sub":"u","exp":1750003600,)",
                             R"("iat":1750000000,"nonce":"n","at_hash":")", at_hash, "\"}");
  const Text compact = concat(base64url(concat(R"({"alg":")", alg, "\"}")), ".", base64url(claims), ".AAAA");
  const Jwt* id_token = parse_id_token(compact);
  if (id_token == nullptr) return ErrorCode::id_token_malformed;
  return check_id_token(*id_token, {.issuers = {.issuer = "https://as.example"},
                                    .client_id = "client-1",
                                    .nonce = "n",
                                    .access_token = "at",
                                    .max_age = {},
                                    .named_alg = {},
                                    .listed_algs = "RS384 RS512 PS384 PS512 ES384 ES512",
                                    .now = 1750000000});
}

// With the hash of the signature's own algorithm (OpenID Connect Core 3.1.3.6): of Ed25519 that is SHA-512.
TEST(IdToken, AtHashIsTheLeftHalf) {
  const Sha256Digest sha256_digest = sha256("at");
  const Sha384Digest sha384_digest = sha384("at");
  const Sha512Digest sha512_digest = sha512("at");
  for (const std::string_view alg :
       {"RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "EdDSA", "RS512", "PS512", "ES512"}) {
    SCOPED_TRACE(alg);
    const bool is_short = alg.ends_with("256");
    const bool is_middle = alg.ends_with("384");
    const std::string_view whole = is_short    ? as_bytes(sha256_digest)
                                   : is_middle ? as_bytes(sha384_digest)
                                               : as_bytes(sha512_digest);
    const std::string_view other = is_short ? as_bytes(sha512_digest) : as_bytes(sha256_digest);
    const std::size_t half = whole.size() / 2;
    EXPECT_EQ(check_at_hash(alg, base64url(whole.substr(0, half))), ErrorCode::ok);
    for (const Text& wrong :
         {base64url(whole.substr(0, half - 1)), base64url(whole.substr(0, half + 1)), base64url(whole.substr(half)),
          base64url(whole), base64url(other.substr(0, half)), base64url(other.substr(0, other.size() / 2)), Text()})
      EXPECT_EQ(check_at_hash(alg, wrong), ErrorCode::id_token_at_hash) << wrong;
  }
}

// A provider with a key for each tenant, and a token for each of a company's apps.
TEST(IdToken, AThousandKeysAndTwoThousandAudiences) {
  Json keys = Json::array();
  for (int i = 0; i < 1000; ++i)
    keys.push_back({{"kty", "RSA"},
                    {"kid", "k" + std::to_string(i)},
                    {"use", "sig"},
                    {"alg", "RS256"},
                    {"n", "w" + std::string(340, 'A') + "Q"},
                    {"e", "AQAB"}});
  const std::string body = Json{{"keys", keys}}.dump();
  const auto jwks = parse_jwks({.status = 200, .content_type = "application/json", .body = body});
  ASSERT_TRUE(jwks);
  for (const char* kid : {"k0", "k500", "k999"})
    EXPECT_TRUE(select_key(*jwks, kid, *find_signature_algorithm("RS256"), {}, {})) << kid;
  EXPECT_FALSE(select_key(*jwks, "k1000", *find_signature_algorithm("RS256"), {}, {}));

  Json audiences = Json::array();
  for (int i = 0; i < 1999; ++i) audiences.push_back("app-" + std::to_string(i));
  audiences.push_back("client-1");
  const Json claims = {{"iss", "https://as.example"}, {"aud", audiences},  {"azp", "client-1"}, {"sub", "u"},
                       {"exp", 1750003600},           {"iat", 1750000000}, {"nonce", "n"}};
  const Text compact = concat(base64url(R"({"alg":"RS256"})"), ".", base64url(claims.dump()), ".AAAA");
  const Jwt* id_token = parse_id_token(compact);
  ASSERT_NE(id_token, nullptr);
  IdTokenExpectation expected;
  expected.issuers.issuer = "https://as.example";
  expected.client_id = "client-1";
  expected.nonce = "n";
  expected.now = 1750000000;
  EXPECT_EQ(check_id_token(*id_token, expected), ErrorCode::ok);
  expected.client_id = "app-2000";
  EXPECT_EQ(check_id_token(*id_token, expected), ErrorCode::id_token_aud);
}

// A refresh says nothing of the signature, and an extension that nobody knows is one all the same.
TEST(IdToken, ARefreshedOneWithACriticalExtensionIsNone) {
  const auto check = [](std::string_view header) {
    const Text compact = concat(
        base64url(header), ".",
        base64url(R"({"iss":"https://as.example","aud":"client-1","sub":"u","exp":1750003600,"iat":1750000000})"),
        ".AAAA");
    IdTokenExpectation expected;
    expected.issuers.issuer = "https://as.example";
    expected.client_id = "client-1";
    expected.now = 1750000000;
    return check_refreshed_id_token(compact, expected, "u");
  };
  EXPECT_EQ(check(R"({"alg":"RS256"})"), ErrorCode::ok);
  EXPECT_EQ(check(R"({"alg":"RS256","crit":["x"]})"), ErrorCode::id_token_malformed);
}

}  // namespace
}  // namespace landfall
