#pragma once

#include <optional>
#include <string_view>

#include "rules/supabase/cookies.hpp"

/// The cookies in which @supabase/ssr keeps a session: one of the base name, or chunks of kSessionChunkBytes called
/// `.0`, `.1` … (version 0.12). Proof: tests/vectors/supabase_cookies.json, made with the real libraries.
namespace landfall::supabase {

/// The session's JSON text in the cookies: the one of the base name where it is not empty, else the chunks up to the
/// first that is missing or empty. Nothing when there is none or it is damaged.
std::optional<Text> read_session(const ProjectCookies& cookies);

/// Writes a session: removes what it leaves over of an older one, leaves out what the browser has already.
void write_session(CookieWriter& writer, const ProjectCookies& cookies, std::string_view json);

/// Removes every cookie of a session.
void clear_session(CookieWriter& writer, const ProjectCookies& cookies);

/// How long the browser's next Cookie header will be, in bytes, once it has followed these Set-Cookie lines.
std::size_t estimate_cookie_header(std::string_view cookie_header, const List<std::string_view>& set_cookies);

}  // namespace landfall::supabase
