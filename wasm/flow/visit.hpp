#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/own_session_cookies.hpp"
#include "rules/own_tokens.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The app's own session behind a request, and where it is kept.
struct Visit {
  std::string_view origin;
  /// Null for none.
  const OpenedSession* opened = nullptr;
};

/// A request that could not have a session, of an unknown host for example, has none.
Visit visit_of(const Config& config, const Request& request);

/// Appends the Set-Cookie values that keep a session. Error: session_too_large.
ErrorCode keep_session(const Config& config, const Request& request, std::string_view origin, const OwnSession& session,
                       List<std::string_view>& set_cookies);

/// The session of a visit as the app gets it, and the Set-Cookie values that renew it where it is time. Empty for none.
FoundSession& found_session(const Config& config, const Request& request, const Visit& visit);

/// The provider's tokens of a visit with a session; null for none.
const OwnTokens* tokens_of(const Config& config, const Request& request, const Visit& visit);

/// The name under which the answer to a refresh is kept. It begins with the name of the session's family.
/// @param refresh_token the one that the refresh uses up.
Text refresh_key(const Visit& visit, std::string_view refresh_token);

/// The beginning of every refresh_key of a session.
Text refresh_family(const Visit& visit);

}  // namespace landfall
