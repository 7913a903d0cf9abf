#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// Whether a request for the site's root is what Supabase Auth sends there in place of the callback, because
/// redirect_to was not allowed or is forgotten: a code where a sign-in of this browser is under way, or an error with
/// its code.
bool is_arrival(const Config& config, const Request& request);

/// A callback from Supabase Auth: of a flow that Landfall started, or @supabase/ssr, or supabase-js.
Step& auth_callback(const Config& config, const Request& request, std::string_view origin);

}  // namespace landfall::supabase
