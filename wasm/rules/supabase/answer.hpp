#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "rules/answer.hpp"
#include "rules/authorization_response.hpp"
#include "rules/token_answer.hpp"

/// What the Auth server says: sessions, and refusals in their three shapes.
/// Proof: tests/vectors/supabase_answer.json.
namespace landfall::supabase {

/// Whether a code is like all of Supabase's: a UUID. What has another shape is somebody else's.
bool is_auth_code(std::string_view code);

/// The code for what the Auth server says in a redirect: its own error_code where that is one of the error table's,
/// what the description tells of a missing e-mail address, else the provider's `error`.
ErrorCode redirect_error_code(const AuthorizationResponse& response);

/// Reads an answer that has to bring a session (POST /token, POST /verify): 200 with access_token, refresh_token and
/// expires_in. Errors: those of check_token_answer for the transport; the server's error_code where that is one of the
/// error table's; supabase_key_invalid, email_change_half_confirmed, token_error. @param refusal filled with what the
/// server says, fit for logs.
Result<Document> check_session_answer(const Answer& answer, ProviderError& refusal);

/// Whether a failure may be gone in a moment, and the code is still good: the network, 500 to 504 and 520 to 530, as
/// auth-js has it, and 429.
bool is_retryable(const Answer& answer);

/// The session's JSON with `expires_at` at its end where the server gave none, as auth-js writes it.
/// @param json compact JSON of an answer that check_session_answer took.
Text complete_session(const Document& answer, std::string_view json, std::int64_t now);

/// A member of an object and how long its value is, in bytes.
struct MemberSize {
  std::string_view name;
  std::size_t bytes;
};

/// The members of a JSON object's first level. @param json compact and valid.
List<MemberSize> member_sizes(std::string_view json);

/// Reads the session of a cookie: a JSON object with access_token, refresh_token and expires_at, whatever their values,
/// as auth-js has it. Null for anything else.
const Document* parse_session(std::string_view json);

}  // namespace landfall::supabase
