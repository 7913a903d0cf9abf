#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// Which sessions a sign-out ends, by the `scope` of its query: local, others, or else global.
std::string_view choose_scope(const Request& request);

/// The Set-Cookie values that remove the session and every verifier.
void clear_project_cookies(const Project& project, const Request& request, bool secure,
                           List<std::string_view>& set_cookies);

/// Ends the sessions at Supabase Auth: POST /logout, after a refresh where the access token has expired. Whatever the
/// server says, the sign-out goes on, and a refusal becomes revocation_failed unless the sessions are over anyway; it
/// goes on at once where the browser has no session.
/// @param pending where it leads, its cookies and the origin.
Step& start_log_out(const Config& config, const Request& request, Pending& pending);

/// Goes on after the response to a refresh or to the logout.
Step& resume_log_out(const Config& config, const Request& request, Pending& pending, const FetchResult& result);

}  // namespace landfall::supabase
