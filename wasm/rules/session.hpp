#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "rules/token_response.hpp"

namespace landfall {

/// The JSON text for the app's onSession, in ASCII: `provider`, the token response's members by their names on the wire
/// with `token_type` "Bearer", `expires_at` (seconds since 1970), the granted or else the requested scope, the
/// unchanged `token_response`, then `claims`, `userinfo` and `emails` if there are any. The object stays open at its
/// end, for the next member.
Text build_session(std::string_view provider, const Tokens& tokens, std::string_view requested_scope,
                   std::string_view token_response, std::int64_t now);

/// Appends a member whose value is valid JSON in UTF-8.
void append_session_member(Text& session, std::string_view name, std::string_view json);

}  // namespace landfall
