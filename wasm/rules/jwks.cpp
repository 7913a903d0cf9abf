#include "rules/jwks.hpp"

#include <array>

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "rules/spki.hpp"

namespace landfall {
namespace {

constexpr auto kMembers = std::to_array<std::string_view>(
    {"keys", "kty", "kid", "use", "key_ops", "alg", "crv", "n", "e", "x", "y", "issuer"});

/// A number of a key (RFC 7518 2, Base64urlUInt) without leading zeros. Empty for zero and for an invalid number.
std::string_view read_number(const Value& value) {
  const auto bytes = value.is_string() ? parse_base64url(value.text) : std::nullopt;
  std::string_view number = bytes ? bytes->view() : std::string_view();
  while (number.starts_with('\0')) number.remove_prefix(1);
  return number;
}

std::size_t count_bits(std::string_view number) {
  if (number.empty()) return 0;
  std::size_t bits = (number.size() - 1) * 8;
  for (auto first = static_cast<unsigned char>(number.front()); first != 0; first >>= 1) ++bits;
  return bits;
}

/// Whether an RSA key is neither too weak (RFC 7518 3.3) nor too large. With an exponent of 1 anybody can sign, and an
/// even exponent is invalid.
bool is_sound_rsa(const Document& key) {
  const std::size_t bits = count_bits(read_number(key.at("n")));
  const std::string_view exponent = read_number(key.at("e"));
  return bits >= kMinRsaBits && bits <= kMaxRsaBits && count_bits(exponent) > 1 &&
         (static_cast<unsigned char>(exponent.back()) & 1) != 0;
}

bool may_verify(const Document& key) {
  const Value& operations = key.at("key_ops");
  if (operations.is_absent()) return true;
  for (const Document::Member& member : key.members)
    if (member.path.starts_with("key_ops/") && member.value.text == "verify") return true;
  return false;
}

/// Whether a key is for signatures of this algorithm and for this kid (RFC 7517 4.1 to 4.5).
bool is_meant(const Document& key, std::string_view kid, const SignatureAlgorithm& algorithm) {
  if (key.at("kty").text != algorithm.kty || (!kid.empty() && key.at("kid").text != kid)) return false;
  if (!algorithm.crv.empty() && key.at("crv").text != algorithm.crv) return false;
  if (!key.at("use").is_absent() && key.at("use").text != "sig") return false;
  if (!key.at("alg").is_absent() && find_signature_algorithm(key.at("alg").text) != &algorithm) return false;
  return may_verify(key);
}

bool is_of_issuer(const Document& key, const Issuers& issuers, std::string_view iss) {
  const Value& issuer = key.at("issuer");
  return issuer.is_absent() || may_sign_for(issuers, issuer.text, iss);
}

/// The names of a key type's numbers (RFC 7518 6.2.1, 6.3.1; RFC 8037 2); the second is empty for a type with only one
/// number.
struct Numbers {
  std::string_view first;
  std::string_view second;
};

Numbers numbers_of(std::string_view kty) {
  if (kty == "RSA") return {"n", "e"};
  return {"x", kty == "EC" ? "y" : ""};
}

/// The key without its private members; empty when a member is damaged or missing.
PublicKey read_public_key(const Document& key, const SignatureAlgorithm& algorithm) {
  PublicKey out;
  append_json_member(out.jwk, "kty", algorithm.kty);
  if (!algorithm.crv.empty()) append_json_member(out.jwk, "crv", algorithm.crv);
  const Numbers names = numbers_of(algorithm.kty);
  std::array<Text, 2> numbers;
  std::size_t count = 0;
  for (const std::string_view name : {names.first, names.second}) {
    if (name.empty()) continue;
    const Value& value = key.at(name);
    const auto bytes = value.is_string() ? parse_base64url(value.text) : std::nullopt;
    if (!bytes || (algorithm.curve_bytes != 0 && bytes->size() != algorithm.curve_bytes)) return {};
    append_json_member(out.jwk, name, value.text);
    numbers[count++] = *bytes;
  }
  out.jwk += '}';
  // A point is uncompressed (RFC 5480 2.2), and a key of Ed25519 stands alone (RFC 8410 4).
  const Text encoded = algorithm.kty == "RSA" ? build_rsa_key(numbers[0], numbers[1])
                                              : concat(algorithm.is_ecdsa() ? "\x04" : "", numbers[0], numbers[1]);
  out.spki = build_spki(algorithm.key_identifier, encoded);
  return out;
}

}  // namespace

Result<Document> parse_jwks(const FetchResult& result) {
  if (result.failure != FetchFailure::none || result.status != 200)
    return failure_code(result, ErrorCode::jwks_unavailable);
  const Document* jwks = parse_json_object(result, kMembers, 4);
  if (jwks == nullptr) return ErrorCode::jwks_invalid;
  return *jwks;
}

Result<PublicKey> select_key(const Document& jwks, std::string_view kid, const SignatureAlgorithm& algorithm,
                             const Issuers& issuers, std::string_view iss) {
  if (jwks.at("keys").kind != Kind::array) return ErrorCode::jwks_invalid;
  PublicKey selected;
  const List<Document::Member>& members = jwks.members;
  for (std::size_t i = 0; i < members.size();) {
    const std::string_view path = members[i++].path;
    if (!path.starts_with("keys/")) continue;
    // A key's members directly follow the key. A search through all members takes quadratic time for many keys.
    const Text prefix = concat(path, "/");
    Document key;
    for (; i < members.size() && members[i].path.starts_with(prefix); ++i)
      key.members.push_back({.path = members[i].path.substr(prefix.size()), .value = members[i].value});
    if (!is_meant(key, kid, algorithm) || !is_of_issuer(key, issuers, iss)) continue;
    if (algorithm.kty == "RSA" && !is_sound_rsa(key)) continue;
    const PublicKey candidate = read_public_key(key, algorithm);
    if (candidate.jwk.empty()) continue;
    // Only a set with exactly one matching key is unambiguous; that key may be there twice.
    if (!selected.jwk.empty() && selected.jwk.view() != candidate.jwk.view()) return ErrorCode::id_token_key;
    selected = candidate;
  }
  if (selected.jwk.empty()) return ErrorCode::id_token_key;
  return selected;
}

}  // namespace landfall
