#pragma once

#include <string_view>

#include "base/text.hpp"
#include "rules/supabase/project.hpp"

namespace landfall::supabase {

/// The query parameter of redirect_to that carries Landfall's `state`. auth-js reads a flow id from the same parameter.
constexpr std::string_view kFlowIdParameter = "sb_flow_id";

/// Adds the flow id to a redirect_to, before its fragment and in place of an older one, as auth-js does.
/// Proof: tests/vectors/supabase_redirect_to.json.
Text with_flow_id(std::string_view redirect_to, std::string_view flow_id);

/// GET /authorize: provider, redirect_to, scopes, the S256 challenge, then the configuration's own parameters.
Text build_authorize_url(const Project& project, std::string_view provider, const SignInOptions& options,
                         std::string_view redirect_to, std::string_view code_verifier);

}  // namespace landfall::supabase
