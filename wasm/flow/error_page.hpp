#pragma once

#include "base/result.hpp"
#include "flow/config.hpp"
#include "flow/respond.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

/// The answers that are our error page.
namespace landfall {

/// Our page for a failure, in place: 200, with the code, and `provider` and `next` of the query where they are good.
/// @param code may be ok: then the page is the generic one.
Respond& respond_error_page(const Config& config, const Request& request, ErrorCode code);

/// GET /auth/auth-code-error?error=…: our page, for the app that has none of its own. An unknown `error` shows the
/// generic page.
Step& error_page(const Config& config, const Request& request);

/// The answer where an option that is needed has no value: on this machine our page, which names the option; elsewhere
/// as respond_error does. @param error from the functions of not_set.hpp.
Respond& respond_not_set(const Config& config, const Request& request, const Error& error,
                         const Outcome& outcome = kNothingKnown);

}  // namespace landfall
