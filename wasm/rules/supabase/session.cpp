#include "rules/supabase/session.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
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

constexpr auto kMembers = std::to_array<std::string_view>({"access_token", "refresh_token", "expires_at"});

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
  const Text told = with_profile({}, session, {.paths = kProfile});
  return told.empty() ? session : told;
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
