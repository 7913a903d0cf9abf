#pragma once

#include "base/result.hpp"
#include "flow/config.hpp"
#include "flow/step.hpp"
#include "json/document.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// Reads the session of a browser, which nobody has verified; its Set-Cookie values remove cookies without a valid
/// session. Error: provider_not_configured.
Result<FoundSession> read_stored_session(const Config& config, const Request& request);

/// Appends the Set-Cookie values that keep a session which a refresh brought.
/// @param session the response, @param json its text.
void keep_renewed_session(const Project& project, const Request& request, std::string_view origin,
                          const Document& session, std::string_view json, List<std::string_view>& set_cookies);

}  // namespace landfall::supabase
