#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// GET (or POST, form_post) of a provider's callback, which its path names. A callback that no direct provider has is
/// Supabase's, or unknown. Checks the authorization response in this order: the request's shape, duplicates, state and
/// its transaction, the path, response_mode, iss, tokens in the front channel, error, code. Asks the token endpoint
/// only when all checks pass. After state has matched, every outcome ends the transaction, except that of a GET when
/// form_post is configured. A session in the fragment comes before all of this.
/// @param metadata the result of the fetch for metadata, or null.
Step& callback(const Config& config, const Request& request, const FetchResult* metadata);

}  // namespace landfall
