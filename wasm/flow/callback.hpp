#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// GET (or POST, form_post) of a provider's callback, which its path names; what is no direct provider's is Supabase's.
/// Checks the authorization response in this order - the request's shape, duplicates, state and its transaction, the
/// path, response_mode, iss, tokens in the front channel, error, code - and asks the token endpoint only when all of it
/// holds. From the moment that state has matched, every outcome ends the transaction. A session in the fragment comes
/// first of all.
/// @param metadata what the fetch for metadata brought, or null.
Step& callback(const Config& config, const Request& request, const FetchResult* metadata);

}  // namespace landfall
