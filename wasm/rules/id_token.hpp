#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "json/jwt.hpp"
#include "rules/issuer.hpp"

namespace landfall {

/// The members of a token's header that the checks read.
inline constexpr auto kJoseHeader = std::to_array<std::string_view>({"alg", "kid", "crit"});

/// Splits a compact ID Token, or a signed userinfo response, and keeps the members that the checks read. Returns null
/// when it is not a signed JWT.
const Jwt* parse_id_token(std::string_view compact);

/// The expected values for the claims.
struct IdTokenExpectation {
  Issuers issuers;
  std::string_view client_id;
  /// Empty only for a provider whose ID Tokens have none.
  std::string_view nonce;
  bool has_nonce = true;
  std::string_view access_token;
  std::optional<std::int64_t> max_age;
  /// The only algorithm that the configuration accepts, or empty.
  std::string_view named_alg;
  /// The algorithms in the provider's metadata, with blanks between.
  std::string_view listed_algs;
  std::int64_t now = 0;
  std::int64_t clock_tolerance = kClockSkewSeconds;
};

/// Checks the header (alg, crit) and the claims (OpenID Connect Core 3.1.3.7 steps 2 to 5 and 7 to 13, and 3.1.3.8). It
/// does not check the signature. Errors: id_token_malformed, id_token_alg, id_token_iss, id_token_aud, id_token_azp,
/// id_token_exp, id_token_iat, id_token_nbf, id_token_nonce, id_token_sub, id_token_at_hash, id_token_auth_time.
ErrorCode check_id_token(const Jwt& id_token, const IdTokenExpectation& expected);

/// Checks the claims of an ID Token that a refresh brought (OpenID Connect Core 12.2): its issuer, audience and times,
/// and that it is still the same person. It comes from the token endpoint itself, over TLS, so its signature says
/// nothing more (3.1.3.7 step 6). Errors: id_token_malformed, id_token_iss, id_token_aud, id_token_azp, id_token_exp,
/// id_token_iat, id_token_nbf, id_token_sub.
ErrorCode check_refreshed_id_token(std::string_view compact, const IdTokenExpectation& expected, std::string_view sub);

/// Checks the header and the parties of a signed userinfo response (OpenID Connect Core 5.3.2, 5.3.4). It checks
/// neither the signature nor the sub. Errors: userinfo_signature, userinfo_invalid.
ErrorCode check_signed_userinfo(const Jwt& userinfo, const IdTokenExpectation& expected);

/// Whether a claim can name a person, a session or a token, as `sub`, `sid` and `jti` do: printable ASCII, not empty.
bool is_identifier(const Value& value);

/// Whether the algorithm of a token may sign it, and it has no critical extension (RFC 7515 4.1.11).
bool has_accepted_header(const Jwt& token, const IdTokenExpectation& expected);

/// Whether the issuer of a token is the provider, and the client is in its audience.
bool is_for_client(const Document& claims, const IdTokenExpectation& expected);

/// Checks the times of a token. Errors: id_token_exp, id_token_iat, id_token_nbf, id_token_auth_time.
ErrorCode check_times(const Document& claims, const IdTokenExpectation& expected);

/// Whether the signature is the MAC of the signed text with HS256 (RFC 7518 3.2). The key is the client secret (OpenID
/// Connect Core 10.1).
bool has_valid_mac(const Jwt& token, std::string_view client_secret);

}  // namespace landfall
