#pragma once

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "flow/visit.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

/// The provider's access token of a session, renewed where it is time (RFC 6749 6). Everything but a refusal of the
/// refresh token keeps the tokens, and an access token that still lives.
namespace landfall {

/// @param visit has a session.
Step& get_access_token(const Config& config, const Request& request, const Visit& visit);

/// Goes on after metadata, a signature, or the token response.
Step& resume_access_token(const Config& config, const Request& request, const Visit& visit, Pending& pending,
                          const FetchResult& result);

}  // namespace landfall
