#pragma once

#include <string_view>

#include "base/result.hpp"
#include "rules/authorization_response.hpp"
#include "rules/fetch_result.hpp"
#include "rules/token_response.hpp"

/// Reads the Auth server's responses: sessions, and refusals in their three shapes.
/// Proof: tests/vectors/supabase_auth_response.json.
namespace landfall::supabase {

/// The error code for a redirect from the Auth server: the server's error_code if the error table has it, the code of a
/// sentence that names a cause, and otherwise the code of the speaker: of the Auth server if `error_code` is present,
/// of the provider's `error` if it is absent.
ErrorCode redirect_error_code(const AuthorizationResponse& response);

/// Reads a response that must have a session (POST /token, POST /verify): 200 with access_token, refresh_token and
/// expires_in. Errors: those of parse_token_response for the transport; the server's error_code if the error table has
/// it, else the code of its sentence; supabase_key_invalid, email_change_half_confirmed, over_request_rate_limit,
/// supabase_hook_refused, supabase_hook_failed, supabase_unavailable, supabase_error, token_error. @param refusal
/// filled with the server's message, safe for logs.
Result<Document> parse_session_response(const FetchResult& result, ProviderError& refusal);

/// Whether a failure may be temporary, with the code still valid: the network, 500 to 504 and 520 to 530, as in
/// auth-js, and 429.
bool is_retryable(const FetchResult& result);

}  // namespace landfall::supabase
