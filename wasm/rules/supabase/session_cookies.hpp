#pragma once

#include <optional>
#include <string_view>

#include "rules/supabase/cookies.hpp"

/// The session cookies of @supabase/ssr: one with the base name, or chunks of kSessionChunkBytes named `.0`, `.1` …
/// (version 0.12). Proof: tests/vectors/supabase_cookies.json, made with the real libraries.
namespace landfall::supabase {

/// The session's JSON text from the cookies: the cookie with the base name if it is not empty, else the chunks up to
/// the first that is missing or empty. Returns nothing when the session is missing or damaged.
std::optional<Text> read_session(const ProjectCookies& cookies);

/// Writes a session. It removes unused cookies of an older session, and skips cookies that the browser already has.
void write_session(CookieWriter& writer, const ProjectCookies& cookies, std::string_view json);

/// Removes every cookie of a session.
void clear_session(CookieWriter& writer, const ProjectCookies& cookies);

/// The length in bytes of the browser's next Cookie header, after the browser applies these Set-Cookie lines.
std::size_t estimate_cookie_header(std::string_view cookie_header, const List<std::string_view>& set_cookies);

}  // namespace landfall::supabase
