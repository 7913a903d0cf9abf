#include "rules/supabase/session.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
#include "json/jwt.hpp"
#include "rules/profile.hpp"
#include "rules/token_response.hpp"

namespace landfall::supabase {
namespace {

/// Where the profile is in a session: what the Auth server copied from the provider, and its own address.
constexpr std::string_view kProfile =
    "provider=/user/app_metadata/provider sub=/user/id name=/user/user_metadata/full_name|/user/user_metadata/name "
    "email=/user/email email_verified=?/user/email_confirmed_at "
    "picture=/user/user_metadata/avatar_url|/user/user_metadata/picture "
    "username=/user/user_metadata/user_name|/user/user_metadata/preferred_username locale=";

/// The same in the access token's claims. They say of no address that it is verified: people write user_metadata.
constexpr std::string_view kClaims =
    "provider=/app_metadata/provider sub=/sub name=/user_metadata/full_name|/user_metadata/name email=/email "
    "email_verified= picture=/user_metadata/avatar_url|/user_metadata/picture "
    "username=/user_metadata/user_name|/user_metadata/preferred_username locale=";

/// A profile without a person.
constexpr std::string_view kNobody = "\"sub\":null";

constexpr auto kProvider = std::to_array<std::string_view>({"provider"});

constexpr auto kMembers = std::to_array<std::string_view>({"access_token", "refresh_token", "expires_at"});

Text build_view(std::string_view profile, bool verified) {
  const Document* members = profile.empty() ? nullptr : parse_json(profile, kProvider, 1);
  if (members == nullptr) return {};
  const Value& provider = members->at(kProvider.front());
  Text json = concat("{\"user\":", profile, ",\"provider\":");
  if (provider.is_string())
    append_json_string(json, provider.text);
  else
    json += "null";
  json += R"(,"sid":null,"created":null,"expires":null,"data":null,"verified":)";
  json += verified ? "true}" : "false}";
  return json;
}

}  // namespace

Text complete_session(const Document& session, std::string_view json, std::int64_t now) {
  const Value& expires_at = session.at("expires_at");
  // As in JavaScript, 0 and null count as missing.
  if (!expires_at.is_absent() && expires_at.text != "0") return json;
  Text out = json.substr(0, json.size() - 1);
  out += ",\"expires_at\":";
  append_decimal(out, now + seconds_of(session.at("expires_in").text).value_or(0));
  out += '}';
  return out;
}

Text tell_session(std::string_view json) {
  const Text session = to_ascii_json(json);
  const Text profile = build_profile({}, session, {.paths = kProfile});
  return profile.empty() ? session : with_profile(session, profile);
}

Text build_stored_view(std::string_view session, bool verified) {
  Text profile = build_profile({}, session, {.paths = kProfile});
  // A cookie with tokens only has no user: the access token names the person (a JSON Web Token, RFC 7519).
  if (profile.view().find(kNobody) != std::string_view::npos) {
    const Document* tokens = parse_json(session, kMembers, 1);
    const Jwt* token = tokens == nullptr ? nullptr : parse_jwt(tokens->at("access_token").text, {}, {});
    if (token != nullptr) profile = build_profile({}, to_ascii_json(token->payload), {.paths = kClaims});
  }
  return build_view(profile, verified);
}

Text build_claims_view(std::string_view claims) {
  return build_view(build_profile({}, claims, {.paths = kClaims}), true);
}

const Jwt* parse_access_token(std::string_view access_token) {
  constexpr auto kHeader = std::to_array<std::string_view>({"alg", "kid", "crit"});
  constexpr auto kNeeded = std::to_array<std::string_view>({"exp", "iss", "sub", "session_id"});
  return parse_jwt(access_token, kHeader, kNeeded);
}

List<MemberSize> member_sizes(std::string_view json) {
  List<MemberSize> sizes;
  std::size_t depth = 0;
  bool is_name = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') {
      const std::size_t from = i + 1;
      for (++i; i < json.size() && json[i] != '"'; ++i)
        if (json[i] == '\\') ++i;
      if (is_name) {
        sizes.push_back({.name = json.substr(from, i - from), .bytes = 0});
        begin = i + 2;
        is_name = false;
      }
      continue;
    }
    const bool closes = c == '}' || c == ']';
    if (depth == 1 && (c == ',' || closes) && !sizes.empty()) {
      sizes.back().bytes = i - begin;
      is_name = true;
    }
    if (closes) --depth;
    if (c == '{' || c == '[') is_name = ++depth == 1;
  }
  return sizes;
}

const Document* parse_session(std::string_view json) {
  const Document* session = parse_json(json, kMembers, 1);
  if (session == nullptr) return nullptr;
  // A value that is not an object has no members.
  for (const std::string_view member : kMembers)
    if (session->at(member).kind == Kind::missing) return nullptr;
  return session;
}

}  // namespace landfall::supabase
