#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/provider_error.hpp"
#include "rules/request.hpp"

namespace landfall {

/// POST /auth/sign-out?next=…: refuses other sites, removes every cookie of ours, ends the session at Supabase, asks
/// the app to end its own, has the token revoked that the app names, where the provider has an endpoint, and redirects
/// to `next` or the default. The local sign-out completes even if the provider refuses (RFC 7009 2.2.1).
Step& sign_out(const Config& config, const Request& request);

/// Ends a sign-out that did not reach the provider.
Step& fail_sign_out(const Config& config, Pending& pending, ErrorCode code);

/// Notes that a server did not end its session or token. The person is signed out here all the same.
void note_failure(Pending& pending, const FetchResult& result, const ProviderError& refusal);

/// Goes on once Supabase's session has ended: asks the app's onSignOut, where there is one.
Step& start_app_sign_out(const Config& config, const Pending& pending);

/// Goes on after onSignOut, and after the metadata of the provider whose token the app wants revoked.
Step& resume_app_sign_out(const Config& config, const Request& request, Pending& pending, const FetchResult& result);

/// Goes on after the revocation response.
Step& resume_revocation(const Config& config, Pending& pending, const FetchResult& result);

}  // namespace landfall
