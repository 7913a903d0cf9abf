#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The next step towards a FoundLogout: whose session a provider has ended, by the logout token that it posts (OpenID
/// Connect Back-Channel Logout 2.5). A Respond with an error for method_not_allowed, content_type, request_too_large,
/// logout_token_invalid, and those of metadata and keys.
/// @param resume of the step before; empty at first. @param result of that step; null at first.
Step& logout_token(const Config& config, const Request& request, std::string_view resume, const FetchResult* result);

}  // namespace landfall
