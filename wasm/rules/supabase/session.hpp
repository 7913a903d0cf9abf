#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "json/jwt.hpp"

/// A Supabase session as JSON. Proof: tests/vectors/supabase_auth_response.json and supabase_cookies.json.
namespace landfall::supabase {

/// The session's JSON. If the server sent no `expires_at`, it is added at the end, as in auth-js.
/// @param session the session from parse_session_response. @param json the same as compact JSON.
Text complete_session(const Document& session, std::string_view json, std::int64_t now);

/// A session as the app's hook gets it: in ASCII, with the person's profile. Without one where the user cannot be read.
Text tell_session(std::string_view json);

/// Who is signed in, as the app gets it from a session: JSON in ASCII with the members of build_session_view. Supabase
/// decides when the session ends, so it has no times. Empty for what is no session. @param session in ASCII, or an
/// object whose `user` is an answer of GET /user. @param verified Supabase Auth has just said so.
Text build_stored_view(std::string_view session, bool verified);

/// The same from the verified claims of an access token, in ASCII.
Text build_claims_view(std::string_view claims);

/// The members of an access token that its signature needs, and its end; null for another text.
const Jwt* parse_access_token(std::string_view access_token);

/// A member of an object and the length of its value in bytes.
struct MemberSize {
  std::string_view name;
  std::size_t bytes;
};

/// The members of a JSON object's first level. @param json compact and valid.
List<MemberSize> member_sizes(std::string_view json);

/// Reads the session of a cookie: a JSON object with access_token, refresh_token and expires_at, with any values, as in
/// auth-js. Returns null for anything else.
const Document* parse_session(std::string_view json);

}  // namespace landfall::supabase
