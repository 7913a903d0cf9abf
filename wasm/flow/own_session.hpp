#pragma once

#include <string_view>

#include "base/result.hpp"
#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/own_tokens.hpp"
#include "rules/request.hpp"

/// Who is signed in. A session of our own counts first, then Supabase's, which nobody has verified.
namespace landfall {

/// The session of a request as JSON in ASCII, empty for none; and the Set-Cookie values that keep it. A request that
/// could not have a session, of an unknown host for example, has none.
FoundSession& get_session(const Config& config, const Request& request);

/// A session of our own with new data of the app, whose JSON is `hook.data`; empty where there is none to change.
/// Errors: session_off, session_too_large, argument_invalid with `data`.
Result<FoundSession> update_session(const Config& config, const Request& request);

/// GET /auth/session: the session for a page of the app, as JSON, or `null`.
Step& show_session(const Config& config, const Request& request);

/// Somebody who signed in.
struct NewSession {
  std::string_view provider;
  /// The profile, JSON in ASCII.
  std::string_view user;
  OwnTokens tokens = {};
};

/// A session that begins.
struct BegunSession {
  /// As the app gets it.
  std::string_view json;
  List<std::string_view> set_cookies;
  /// The names of the tokens that do not fit into cookies, with blanks between; empty for none.
  std::string_view left_out;
};

/// A new session, with the app's data of `hook.data`. Errors: session_off, session_too_large, entropy_unavailable,
/// argument_invalid with `data`.
Result<BegunSession> begin_session(const Config& config, const Request& request, const NewSession& made);

/// Appends the Set-Cookie values that end a session of our own, where the browser has one. A person who signs in
/// through Supabase, or out, is nobody else here.
void end_own_session(const Config& config, const Request& request, List<std::string_view>& set_cookies);

/// The same as begin_session for somebody whom the app names itself: `user` is JSON with the members of a profile,
/// `provider` and `sub` at least. Errors: those of begin_session, config_missing, argument_invalid with
/// `user`.
Result<FoundSession> create_session(const Config& config, const Request& request);

}  // namespace landfall
