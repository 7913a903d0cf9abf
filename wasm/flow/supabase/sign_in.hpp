#pragma once

#include <string_view>

#include "base/result.hpp"
#include "flow/config.hpp"
#include "flow/sign_in.hpp"
#include "rules/request.hpp"
#include "rules/supabase/project.hpp"

namespace landfall::supabase {

/// Starts a sign-in at Supabase Auth: its /authorize, our sealed transaction, and the code_verifier in the cookies of
/// auth-js, so that supabase-js could finish it too. The provider is one that Config::find_supabase_provider finds.
/// Errors: origin_required, host_untrusted, entropy_unavailable, config_invalid with the parameter that is ours to set.
Result<Started> start_auth_sign_in(const Config& config, const Request& request, const SignIn& sign_in);

}  // namespace landfall::supabase
