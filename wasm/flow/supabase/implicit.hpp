#pragma once

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

/// Sessions in a fragment (#access_token=…), as Supabase Auth sends them to clients without PKCE. Nothing shows that
/// this browser asked for one, so it is for pages alone whose app says so (RFC 9700 2.1.2).
namespace landfall::supabase {

/// Whether a fragment carries a session.
bool has_implicit_session(std::string_view fragment);

/// Takes the session of the request's fragment, once GET /user has named its user.
Step& start_implicit(const Config& config, const Request& request);

/// Goes on after the response to GET /user.
Step& resume_implicit(const Config& config, const Request& request, const FetchResult& result);

}  // namespace landfall::supabase
