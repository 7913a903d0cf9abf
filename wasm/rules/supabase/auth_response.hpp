#pragma once

#include <string_view>

#include "base/result.hpp"
#include "rules/authorization_response.hpp"
#include "rules/fetch_result.hpp"
#include "rules/token_response.hpp"

/// What the Auth server says: sessions, and refusals in their three shapes.
/// Proof: tests/vectors/supabase_auth_response.json.
namespace landfall::supabase {

/// Whether a code is like all of Supabase's: a UUID. What has another shape is somebody else's.
bool is_auth_code(std::string_view code);

/// The code for what the Auth server says in a redirect: its own error_code where that is one of the error table's,
/// what the description tells of a missing e-mail address, else the provider's `error`.
ErrorCode redirect_error_code(const AuthorizationResponse& response);

/// Reads an answer that has to bring a session (POST /token, POST /verify): 200 with access_token, refresh_token and
/// expires_in. Errors: those of parse_token_response for the transport; the server's error_code where that is one of
/// the error table's; supabase_key_invalid, email_change_half_confirmed, token_error. @param refusal filled with what
/// the server says, fit for logs.
Result<Document> parse_session_response(const FetchResult& result, ProviderError& refusal);

/// Whether a failure may be gone in a moment, and the code is still good: the network, 500 to 504 and 520 to 530, as
/// auth-js has it, and 429.
bool is_retryable(const FetchResult& result);

}  // namespace landfall::supabase
