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

/// Goes on after the server's response: a session is written into the browser's cookies; what may be gone in a moment
/// is asked for again within the flow's life, and leaves the verifier where it is; a wrong verifier gives way to the
/// next one. Errors: those of parse_session_response.
Step& resume_exchange(const Config& config, const Request& request, Pending& pending, const FetchResult& result);

}  // namespace landfall::supabase
