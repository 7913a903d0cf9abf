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
/// the app to end its own, has a token revoked where the provider has an endpoint, and redirects to `next` or the
/// default, or first to the provider's sign-out. The local sign-out completes even if the provider refuses (RFC 7009
/// 2.2.1). GET with `state` is the way back from the provider's sign-out (OpenID Connect RP-Initiated Logout 3).
Step& sign_out(const Config& config, const Request& request);

/// Ends a sign-out that did not reach the provider.
Step& fail_sign_out(const Config& config, Pending& pending, ErrorCode code);

/// Notes that a server did not end its session or token. The person is signed out here all the same.
void note_failure(Pending& pending, const FetchResult& result, const ProviderError& refusal);

/// Goes on once Supabase's session has ended: asks the app's onSignOut, where there is one.
Step& start_app_sign_out(const Config& config, const Request& request, Pending& pending);

/// Goes on at the provider of the session: revokes the token that the app names or that we keep, and leads the browser
/// to the end of the provider's own session, where the app wants that. @param metadata null when nobody asked for it.
Step& leave_provider(const Config& config, const Request& request, Pending& pending, const FetchResult* metadata);

/// Goes on after onSignOut, and after the metadata of the provider whose token the app wants revoked.
Step& resume_app_sign_out(const Config& config, const Request& request, Pending& pending, const FetchResult& result);

/// Goes on after the revocation response.
Step& resume_revocation(const Config& config, Pending& pending, const FetchResult& result);

}  // namespace landfall
