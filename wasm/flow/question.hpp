#pragma once

#include <cstdint>
#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

/// What an app asks of a session, where the answer may take steps: the app's isRevoked, new tokens, Supabase's word.
namespace landfall {

/// What the app asks for.
enum class Wanted : std::uint8_t {
  /// Who is signed in: a FoundSession, verified.
  user,
  /// The same for a protected page: in place of nobody, a Respond. That is a 303 to the sign-in page, which keeps the
  /// asked path, or a 401 for what no person opens; and a 403 for a request that changes something and that another
  /// site made, whoever is signed in.
  admission,
  /// A FoundToken. Errors: session_missing, access_token_missing, access_token_expired, refresh_refused, those of
  /// parse_token_response and check_refreshed_id_token, and those of metadata.
  access_token,
  /// A FoundLogout, of logout_token.
  logout,
};

/// The next step towards an answer. A Respond with an error for session_off, config_missing, session_unavailable.
/// @param resume of the step before; empty at first. @param result of that step; null at first.
Step& question(const Config& config, const Request& request, Wanted wanted, std::string_view resume,
               const FetchResult* result);

/// Ends such a question with the session that was found.
Step& conclude(const Config& config, const Request& request, Wanted wanted, FoundSession& found);

}  // namespace landfall
