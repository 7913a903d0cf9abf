#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/answer.hpp"
#include "rules/request.hpp"

namespace landfall {

/// GET (or POST, form_post) of a provider's callback, which its path names; what is no direct provider's is Supabase's.
/// Checks the authorization response in this order - the request's shape, duplicates, state and its transaction, the
/// path, response_mode, iss, tokens in the front channel, error, code - and asks the token endpoint only when all of it
/// holds. From the moment that state has matched, every answer ends the transaction. A session in the fragment comes
/// first of all.
/// @param metadata the answer to the fetch for metadata, or null.
Step& callback(const Config& config, const Request& request, const Answer* metadata);

}  // namespace landfall
