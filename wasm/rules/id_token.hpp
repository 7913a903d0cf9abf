#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "json/jwt.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// Splits a compact ID Token and keeps the members that check_id_token reads. Returns null when it is not a signed JWT.
const Jwt* parse_id_token(std::string_view compact);

/// An accepted signature algorithm (RFC 7518 3.1, RFC 8037 3.1).
struct SignatureAlgorithm {
  std::string_view alg;
  std::string_view kty;
  std::string_view crv;
  /// True if at_hash uses SHA-512, false if it uses SHA-256 (OpenID Connect Core 3.1.3.6).
  bool has_sha512 = false;
};

/// The row of a JWS algorithm's name, or null: RS256, PS256, ES256, EdDSA, which is also Ed25519. Never `none`, never a
/// MAC.
const SignatureAlgorithm* find_signature_algorithm(std::string_view alg);

/// The expected values for the claims.
struct IdTokenExpectation {
  std::string_view issuer;
  std::string_view client_id;
  std::string_view nonce;
  std::string_view access_token;
  std::optional<std::int64_t> max_age;
  std::string_view registered_alg;
  std::int64_t now = 0;
  std::int64_t clock_tolerance = kClockSkewSeconds;
};

/// Checks the header (alg, crit) and the claims (OpenID Connect Core 3.1.3.7 steps 2 to 5 and 7 to 13, and 3.1.3.8). It
/// does not check the signature. Errors: id_token_malformed, id_token_alg, id_token_iss, id_token_aud, id_token_azp,
/// id_token_exp, id_token_iat, id_token_nbf, id_token_nonce, id_token_sub, id_token_at_hash, id_token_auth_time.
ErrorCode check_id_token(const Jwt& id_token, const IdTokenExpectation& expected);

}  // namespace landfall
