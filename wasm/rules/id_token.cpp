#include "rules/id_token.hpp"

#include <limits>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/constant_time.hpp"
#include "base/hmac.hpp"
#include "base/limits.hpp"
#include "base/sha256.hpp"
#include "base/sha512.hpp"
#include "rules/signature_algorithm.hpp"
#include "rules/token_response.hpp"

namespace landfall {
namespace {

constexpr auto kClaims = std::to_array<std::string_view>(
    {"iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash", "auth_time", "tid"});

constexpr std::int64_t kPast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kFuture = std::numeric_limits<std::int64_t>::max();

/// A NumericDate (RFC 7519 2) in whole seconds, without its fraction.
/// @param otherwise the result for another value, and for a negative or very large number: a time that is refused.
std::int64_t numeric_date(const Value& value, std::int64_t otherwise) {
  const auto seconds = value.kind == Kind::number ? seconds_of(value.text, kMaxNumericDate) : std::nullopt;
  return seconds && *seconds < kMaxNumericDate ? *seconds : otherwise;
}

/// The algorithm of the header (RFC 7515 4.1.1), or null where it may not sign.
const SignatureAlgorithm* find_accepted_algorithm(const Jwt& token, const IdTokenExpectation& expected) {
  const Value& alg = token.header.at("alg");
  const SignatureAlgorithm* algorithm = alg.is_string() ? find_signature_algorithm(alg.text) : nullptr;
  const bool may_sign = algorithm != nullptr && is_accepted(*algorithm, expected.named_alg, expected.listed_algs);
  return may_sign ? algorithm : nullptr;
}

/// An unsupported critical extension makes a token invalid (RFC 7515 4.1.11), and Landfall supports none.
bool has_critical(const Jwt& token) { return token.header.at("crit").kind != Kind::missing; }

bool comes_from(const Document& claims, const Issuers& issuers) {
  const Value& iss = claims.at("iss");
  return iss.is_string() && is_issuer(issuers, iss.text, claims.at("tid").text);
}

bool is_audience(const Document& claims, std::string_view client_id, std::size_t& others) {
  bool found = false;
  const Value& single = claims.at("aud");
  if (single.is_string()) return single.text == client_id;
  if (single.kind != Kind::array) return false;
  for (const Document::Member& member : claims.members) {
    if (!member.path.starts_with("aud/")) continue;
    if (member.value.is_string() && member.value.text == client_id)
      found = true;
    else
      ++others;
  }
  return found;
}

ErrorCode check_parties(const Document& claims, const IdTokenExpectation& expected) {
  if (!comes_from(claims, expected.issuers)) return ErrorCode::id_token_iss;
  std::size_t others = 0;
  if (!is_audience(claims, expected.client_id, others)) return ErrorCode::id_token_aud;
  const Value& azp = claims.at("azp");
  if (azp.is_absent() ? others > 0 : !(azp.is_string() && azp.text == expected.client_id))
    return ErrorCode::id_token_azp;
  return is_identifier(claims.at("sub")) ? ErrorCode::ok : ErrorCode::id_token_sub;
}

Text hash(std::string_view bytes, std::uint16_t hash_bits) {
  const auto copy = [](const auto& digest) { return Text(as_bytes(digest)); };
  if (hash_bits == 256) return copy(sha256(bytes));
  return hash_bits == 384 ? copy(sha384(bytes)) : copy(sha512(bytes));
}

/// The left half of a hash of the access token (OpenID Connect Core 3.1.3.6).
Text build_at_hash(std::string_view access_token, std::uint16_t hash_bits) {
  const Text whole = hash(access_token, hash_bits);
  return base64url(whole.view().substr(0, whole.size() / 2));
}

}  // namespace

const Jwt* parse_id_token(std::string_view compact) { return parse_jwt(compact, kJoseHeader, kClaims); }

bool is_identifier(const Value& value) {
  return value.is_string() && !value.text.empty() && value.text.size() <= kMaxSubBytes &&
         is_printable_ascii(value.text);
}

bool has_accepted_header(const Jwt& token, const IdTokenExpectation& expected) {
  return find_accepted_algorithm(token, expected) != nullptr && !has_critical(token);
}

bool is_for_client(const Document& claims, const IdTokenExpectation& expected) {
  std::size_t others = 0;
  return comes_from(claims, expected.issuers) && is_audience(claims, expected.client_id, others);
}

ErrorCode check_times(const Document& claims, const IdTokenExpectation& expected) {
  const std::int64_t earliest = expected.now - expected.clock_tolerance;
  const std::int64_t latest = expected.now + expected.clock_tolerance;
  if (numeric_date(claims.at("exp"), kPast) <= earliest) return ErrorCode::id_token_exp;
  if (numeric_date(claims.at("iat"), kFuture) > latest) return ErrorCode::id_token_iat;
  const Value& nbf = claims.at("nbf");
  if (!nbf.is_absent() && numeric_date(nbf, kFuture) > latest) return ErrorCode::id_token_nbf;
  if (expected.max_age && numeric_date(claims.at("auth_time"), kPast) < earliest - *expected.max_age)
    return ErrorCode::id_token_auth_time;
  return ErrorCode::ok;
}

ErrorCode check_id_token(const Jwt& id_token, const IdTokenExpectation& expected) {
  const SignatureAlgorithm* algorithm = find_accepted_algorithm(id_token, expected);
  if (algorithm == nullptr) return ErrorCode::id_token_alg;
  if (has_critical(id_token)) return ErrorCode::id_token_malformed;
  if (const ErrorCode code = check_parties(id_token.claims, expected); code != ErrorCode::ok) return code;
  if (const ErrorCode code = check_times(id_token.claims, expected); code != ErrorCode::ok) return code;
  const Value& nonce = id_token.claims.at("nonce");
  const bool is_nonce = nonce.is_string() && equal_constant_time(nonce.text, expected.nonce);
  if (expected.has_nonce && !is_nonce) return ErrorCode::id_token_nonce;
  const Value& at_hash = id_token.claims.at("at_hash");
  const bool is_bound = at_hash.is_absent() ||
                        equal_constant_time(at_hash.text, build_at_hash(expected.access_token, algorithm->hash_bits));
  return is_bound ? ErrorCode::ok : ErrorCode::id_token_at_hash;
}

ErrorCode check_refreshed_id_token(std::string_view compact, const IdTokenExpectation& expected, std::string_view sub) {
  const Jwt* id_token = parse_id_token(compact);
  if (id_token == nullptr || has_critical(*id_token)) return ErrorCode::id_token_malformed;
  if (const ErrorCode code = check_parties(id_token->claims, expected); code != ErrorCode::ok) return code;
  if (const ErrorCode code = check_times(id_token->claims, expected); code != ErrorCode::ok) return code;
  return id_token->claims.at("sub").text == sub ? ErrorCode::ok : ErrorCode::id_token_sub;
}

ErrorCode check_signed_userinfo(const Jwt& userinfo, const IdTokenExpectation& expected) {
  if (!has_accepted_header(userinfo, expected)) return ErrorCode::userinfo_signature;
  return is_for_client(userinfo.claims, expected) ? ErrorCode::ok : ErrorCode::userinfo_invalid;
}

bool has_valid_mac(const Jwt& token, std::string_view client_secret) {
  const std::array<std::string_view, 1> parts{token.signing_input};
  const Sha256Digest tag = HmacKey(client_secret).sign(parts);
  return equal_constant_time(parse_base64url(token.signature).value_or(Text()), as_bytes(tag));
}

}  // namespace landfall
