#pragma once

#include <cstdint>
#include <string_view>

#include "rules/session_policy.hpp"

namespace landfall {

/// What keys of a sign-out's `state` are for.
inline constexpr std::string_view kSignOutPurpose = "landfall sign-out 1";

/// The `state` of a sign-out that goes on to the provider's (OpenID Connect RP-Initiated Logout 2): the path that the
/// person goes to afterwards, sealed. @param entropy fresh random bytes.
Text build_sign_out_state(const SessionPolicy& policy, std::string_view origin, std::string_view next,
                          std::string_view entropy, std::int64_t now);

/// The path in a `state` that build_sign_out_state made at this origin, at most kTransactionSeconds ago; empty for any
/// other text. @param origin lives as long as the result.
std::string_view read_sign_out_state(const SessionPolicy& policy, std::string_view origin, std::string_view state,
                                     std::int64_t now);

/// The address that ends the provider's own session: `id_token_hint` where there is one, `client_id`,
/// `post_logout_redirect_uri` and `state` (OpenID Connect RP-Initiated Logout 2).
Text build_end_session_url(std::string_view endpoint, std::string_view client_id, std::string_view id_token,
                           std::string_view post_logout_redirect_uri, std::string_view state);

}  // namespace landfall
