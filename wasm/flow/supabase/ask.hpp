#pragma once

#include <string_view>

#include "flow/step.hpp"
#include "rules/supabase/project.hpp"

/// The requests to Supabase's Auth server, with the headers that the real client sends.
namespace landfall::supabase {

/// POST /token?grant_type=pkce.
Fetch& ask_session(const Project& project, std::string_view auth_code, std::string_view code_verifier);

/// POST /token?grant_type=refresh_token.
Fetch& ask_refresh(const Project& project, std::string_view refresh_token);

/// POST /verify: redeems the token_hash of an e-mail link.
Fetch& ask_verify(const Project& project, std::string_view type, std::string_view token_hash);

/// POST /logout. @param scope global, local or others.
Fetch& ask_logout(const Project& project, std::string_view access_token, std::string_view scope);

/// GET /user.
Fetch& ask_user(const Project& project, std::string_view access_token);

}  // namespace landfall::supabase
