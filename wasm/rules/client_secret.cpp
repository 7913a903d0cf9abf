#include "rules/client_secret.hpp"

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"

namespace landfall {
namespace {

/// Of the two numbers of ES256.
constexpr std::size_t kSignatureBytes = 64;

void append_time(Text& json, std::string_view name, std::int64_t seconds) {
  append_json_name(json, name);
  append_decimal(json, seconds);
}

}  // namespace

Text build_client_secret(const Provider& provider, std::int64_t now) {
  Text header;
  append_json_member(header, "alg", "ES256");
  append_json_member(header, "kid", provider.key_id);
  Text claims;
  append_json_member(claims, "iss", provider.team_id);
  append_json_member(claims, "sub", provider.client_id);
  append_json_member(claims, "aud", provider.issuer);
  const std::int64_t begin = now - now % kClientSecretStepSeconds;
  append_time(claims, "iat", begin);
  append_time(claims, "exp", begin + kClientSecretSeconds);
  return concat(base64url(concat(header, "}")), ".", base64url(concat(claims, "}")));
}

Text sign_client_secret(std::string_view signing_input, std::string_view signature) {
  const Text raw = parse_base64url(signature).value_or(Text());
  if (raw.size() != kSignatureBytes) return {};
  return concat(signing_input, ".", signature);
}

}  // namespace landfall
