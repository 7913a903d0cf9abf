#pragma once

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// Asks for the session of a callback (Stage::exchange) with the first of Pending::attempts, or of an e-mail link
/// (Stage::redeem).
Fetch& ask_for_session(const Project& project, Pending& pending, Stage stage);

/// Goes on after the server's response. A session goes into the browser's cookies. After a failure that may be gone in
/// a moment, the flow asks again while the code lives, and leaves the verifier in its cookie. After a wrong verifier,
/// it tries the next one. Errors: those of parse_session_response.
Step& resume_exchange(const Config& config, const Request& request, Pending& pending, const FetchResult& result);

}  // namespace landfall::supabase
