#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

namespace landfall {

/// Our page for a failure, in place: 200, with the code, and `provider` and `next` of the query where they are good.
/// @param code may be ok: then the page says what is known, nothing.
Respond& respond_error_page(const Config& config, const Request& request, ErrorCode code);

/// GET /auth/auth-code-error?error=…: our page, for the app that has none of its own. An `error` that is none of ours
/// shows the page that knows nothing.
Step& error_page(const Config& config, const Request& request);

}  // namespace landfall
