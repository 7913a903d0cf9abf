#include "rules/logout_token.hpp"

#include <array>

#include "base/text.hpp"

namespace landfall {
namespace {

constexpr std::string_view kEvent = "http://schemas.openid.net/event/backchannel-logout";

constexpr auto kClaims = std::to_array<std::string_view>(
    {"iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "tid", "sid", "jti", "events", kEvent});

}  // namespace

const Jwt* parse_logout_token(std::string_view compact) { return parse_jwt(compact, kJoseHeader, kClaims); }

std::string_view find_logout_fault(const Jwt& token, const IdTokenExpectation& expected) {
  const Document& claims = token.claims;
  const Value& sub = claims.at("sub");
  const Value& sid = claims.at("sid");
  if (!has_accepted_header(token, expected)) return "alg";
  if (check_times(claims, expected) != ErrorCode::ok) return "exp";
  if (claims.at(concat("events/", kEvent)).kind != Kind::object) return "events";
  // A token with a nonce is an ID Token.
  if (claims.at("nonce").kind != Kind::missing) return "nonce";
  if (!is_identifier(claims.at("jti"))) return "jti";
  if (!sid.is_absent() && !is_identifier(sid)) return "sid";
  // A session is enough; without one, the token has to name a person.
  if (sub.is_absent() ? sid.is_absent() : !is_identifier(sub)) return "sub";
  return {};
}

}  // namespace landfall
