#include "rules/own_tokens.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "json/json.hpp"

namespace landfall {
namespace {

constexpr auto kMembers =
    std::to_array<std::string_view>({"access_token", "refresh_token", "id_token", "expires_at", "expires_in"});

}  // namespace

bool OwnTokens::lasts(std::int64_t seconds, std::int64_t now) const {
  if (access_token.empty()) return false;
  return expires_at == 0 || expires_at - now > std::min(seconds, expires_in / 2);
}

OwnTokens own_tokens_of(std::string_view session_json) {
  OwnTokens tokens;
  const Document* session = parse_json(session_json, kMembers, 1);
  if (session == nullptr) return tokens;
  tokens.access_token = session->at("access_token").text;
  tokens.refresh_token = session->at("refresh_token").text;
  tokens.id_token = session->at("id_token").text;
  tokens.expires_at = parse_decimal(session->at("expires_at").text).value_or(0);
  tokens.expires_in = parse_decimal(session->at("expires_in").text).value_or(0);
  return tokens;
}

OwnTokens merge_own_tokens(const Tokens& tokens, const OwnTokens& old, std::int64_t now) {
  return {.access_token = tokens.access_token,
          .refresh_token = tokens.refresh_token.empty() ? old.refresh_token : tokens.refresh_token,
          .id_token = tokens.id_token.empty() ? old.id_token : tokens.id_token,
          .expires_at = tokens.expires_in ? now + *tokens.expires_in : 0,
          .expires_in = tokens.expires_in.value_or(0)};
}

Text pack_tokens(const OwnTokens& tokens) {
  Text text;
  for (const std::string_view part : {tokens.access_token, tokens.refresh_token, tokens.id_token})
    pack_part(text, part);
  pack_number(text, tokens.expires_at);
  pack_number(text, tokens.expires_in);
  return text;
}

OwnTokens unpack_tokens(std::string_view text) {
  OwnTokens tokens;
  for (std::string_view* part : {&tokens.access_token, &tokens.refresh_token, &tokens.id_token})
    *part = unpack_part(text);
  tokens.expires_at = unpack_number(text);
  tokens.expires_in = unpack_number(text);
  return tokens;
}

const OwnTokens* find_own_tokens(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                                 std::string_view sid) {
  for (const OpenedText& opened : SealedCookies(kTokenCookies, policy, origin, cookie_header).open()) {
    std::string_view text = opened.text;
    if (unpack_part(text) == sid) return &place(unpack_tokens(text));
  }
  return nullptr;
}

std::string_view keep_own_tokens(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                                 const OwnTokens& tokens, const OwnSession& session, std::string_view entropy,
                                 std::int64_t now, List<std::string_view>& set_cookies) {
  const SealedCookies cookies(kTokenCookies, policy, origin, cookie_header);
  const auto keep = [&](const OwnTokens& kept) {
    Text text;
    pack_part(text, session.sid);
    text += pack_tokens(kept);
    return cookies.keep(text, entropy, session.created + policy.life.max_age - now, set_cookies);
  };
  OwnTokens kept = tokens;
  if (!policy.id_token) kept.id_token = {};
  if (!policy.tokens) kept.access_token = kept.refresh_token = {};
  if (kept.access_token.empty() && kept.id_token.empty()) {
    cookies.clear(set_cookies);
    return {};
  }
  if (keep(kept)) return {};
  const bool had_id_token = !kept.id_token.empty();
  kept.id_token = {};
  if (had_id_token && keep(kept)) return "id_token";
  kept.access_token = {};
  if (!kept.refresh_token.empty() && keep(kept)) return had_id_token ? "id_token access_token" : "access_token";
  cookies.clear(set_cookies);
  return had_id_token ? "id_token access_token refresh_token" : "access_token refresh_token";
}

}  // namespace landfall
