#include "rules/jwks.hpp"

#include <array>

#include "base/base64url.hpp"
#include "base/limits.hpp"

namespace landfall {
namespace {

constexpr auto kMembers =
    std::to_array<std::string_view>({"keys", "kty", "kid", "use", "key_ops", "alg", "crv", "n", "e", "x", "y"});

void append_member(Text& json, std::string_view name, std::string_view value) {
  json += json.empty() ? "{\"" : ",\"";
  json += name;
  json += "\":\"";
  json += value;
  json += '"';
}

/// A number of a key (RFC 7518 2, Base64urlUInt) without leading zeros; empty for zero, and for what is none.
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

/// Whether an RSA key is neither too weak to prove anything (RFC 7518 3.3) nor too large to be worked with. With an
/// exponent of 1 everybody can sign, and an even one is none.
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
    if (member.path.starts_with("key_ops/") && member.value.is_string() && member.value.text == "verify") return true;
  return false;
}

/// Whether a key is for signatures of this algorithm and for this kid (RFC 7517 4.1 to 4.5).
bool is_meant(const Document& key, std::string_view kid, const SignatureAlgorithm& algorithm) {
  if (key.at("kty").text != algorithm.kty || (!kid.empty() && key.at("kid").text != kid)) return false;
  if (!algorithm.crv.empty() && key.at("crv").text != algorithm.crv) return false;
  if (!key.at("use").is_absent() && key.at("use").text != "sig") return false;
  if (!key.at("alg").is_absent() && key.at("alg").text != algorithm.alg) return false;
  return may_verify(key);
}

/// The public members of a key as JSON; empty when one is damaged or missing.
Text public_key(const Document& key, const SignatureAlgorithm& algorithm) {
  Text jwk;
  append_member(jwk, "kty", algorithm.kty);
  if (!algorithm.crv.empty()) append_member(jwk, "crv", algorithm.crv);
  for (const std::string_view name : {"n", "e", "x", "y"}) {
    const bool is_needed = algorithm.kty == "RSA" ? name <= "n" : name == "x" || (name == "y" && algorithm.kty == "EC");
    if (!is_needed) continue;
    const Value& value = key.at(name);
    if (!value.is_string() || value.text.empty() || !parse_base64url(value.text)) return {};
    append_member(jwk, name, value.text);
  }
  jwk += '}';
  return jwk;
}

}  // namespace

Result<Document> parse_jwks(const FetchResult& result) {
  if (result.failure != FetchFailure::none || result.status != 200) return ErrorCode::jwks_unavailable;
  const Document* jwks = parse_json_object(result, kMembers, 4);
  if (jwks == nullptr) return ErrorCode::jwks_invalid;
  return *jwks;
}

Result<std::string_view> select_key(const Document& jwks, std::string_view kid, const SignatureAlgorithm& algorithm) {
  if (jwks.at("keys").kind != Kind::array) return ErrorCode::jwks_invalid;
  std::string_view selected;
  const List<Document::Member>& members = jwks.members;
  for (std::size_t i = 0; i < members.size();) {
    const std::string_view path = members[i++].path;
    if (!path.starts_with("keys/")) continue;
    // What a key has stands right behind it: looked up among all members, many keys would take quadratic time.
    const Text prefix = concat(path, "/");
    Document key;
    for (; i < members.size() && members[i].path.starts_with(prefix); ++i)
      key.members.push_back({.path = members[i].path.substr(prefix.size()), .value = members[i].value});
    if (!is_meant(key, kid, algorithm) || (algorithm.kty == "RSA" && !is_sound_rsa(key))) continue;
    const Text jwk = public_key(key, algorithm);
    if (jwk.empty()) continue;
    // Without a kid only a set with one such key leaves no doubt.
    if (!selected.empty()) return ErrorCode::id_token_key;
    selected = jwk;
  }
  if (selected.empty()) return ErrorCode::id_token_key;
  return selected;
}

}  // namespace landfall
