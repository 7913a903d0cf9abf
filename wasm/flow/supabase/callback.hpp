#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// Whether a request for the site's root is a response of Supabase Auth. Supabase Auth sends it there, and not to the
/// callback, when redirect_to was not allowed or is forgotten. Such a request has an error with its code, or it has a
/// code while a sign-in of this browser is under way.
bool is_arrival(const Config& config, const Request& request);

/// A callback from Supabase Auth: of a flow that Landfall started, or @supabase/ssr, or supabase-js.
Step& auth_callback(const Config& config, const Request& request, std::string_view origin);

}  // namespace landfall::supabase
