#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "rules/token_response.hpp"

namespace landfall {

/// The JSON text that the app's onSession gets, in ASCII: `provider`, the token response's members by their names on
/// the wire with `token_type` "Bearer", `expires_at` (seconds since 1970), the scope as granted or else as requested,
/// `token_response` as it came; then `claims`, `userinfo` and `emails` where there are any. It is left open at its end,
/// for the next member.
Text build_session(std::string_view provider, const Tokens& tokens, std::string_view requested_scope,
                   std::string_view token_response, std::int64_t now);

/// Appends a member whose value is valid JSON in UTF-8.
void append_session_member(Text& session, std::string_view name, std::string_view json);

}  // namespace landfall
