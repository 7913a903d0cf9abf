#pragma once

#include "flow/pending.hpp"
#include "flow/question.hpp"

/// Supabase's session of a browser, renewed where it is time, and verified: by the keys of the project where it signs
/// access tokens with a key pair, otherwise by Supabase Auth itself.
namespace landfall::supabase {

/// Nobody where the app has no Supabase.
Step& start_verification(const Config& config, const Request& request, Wanted wanted);

/// Goes on after a fresh session, keys, the verdict on a signature, or the answer of GET /user.
Step& resume_verification(const Config& config, const Request& request, Wanted wanted, Stage stage,
                          const FetchResult& result);

/// What the names of a session's kept refreshes begin with. Empty where its access token names no session.
Text renewal_family(const Project& project, std::string_view access_token);

}  // namespace landfall::supabase
