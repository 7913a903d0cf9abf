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

/// As respond_error does. But where the app's own hook refuses the person with words of its own, and our page is the
/// app's error page, it is that page in place: an address cannot carry words that nobody else may write.
/// @param words of the hook, from somebody who speaks for the app; empty for none.
Respond& respond_refusal(const Config& config, ErrorCode code, const Outcome& outcome, std::string_view words);

/// GET /auth/auth-code-error?error=…: our page, for the app that has none of its own. An unknown `error` shows the
/// generic page.
Step& error_page(const Config& config, const Request& request);

/// The answer where an option that is needed has no value: on this machine our page, which names the option; elsewhere
/// as respond_error does. @param error from the functions of not_set.hpp.
Respond& respond_not_set(const Config& config, const Request& request, const Error& error,
                         const Outcome& outcome = kNothingKnown);

}  // namespace landfall
