#pragma once

#include <string_view>

#include "base/result.hpp"
#include "flow/config.hpp"
#include "flow/step.hpp"
#include "flow/supabase/stored_session.hpp"
#include "rules/request.hpp"

/// Who is signed in. A session of our own counts first, then Supabase's, which nobody has verified.
namespace landfall {

/// The session of a request as JSON in ASCII, empty for none; and the Set-Cookie values that keep it. A request that
/// could not have a session, of an unknown host for example, has none.
supabase::StoredSession get_session(const Config& config, const Request& request);

/// A session of our own with new data of the app, whose JSON is `hook.data`; empty where there is none to change.
/// Errors: session_off, session_too_large, argument_invalid with `data`.
Result<supabase::StoredSession> update_session(const Config& config, const Request& request);

/// What a request of a protected page gets: the session of our own, or a Respond in its place. That is a 303 to the
/// sign-in page, which keeps the asked path, or a 401 for what no person opens; and a 403 for a request that changes
/// something and that another site made, whoever is signed in. Supabase's session opens no page, because nobody has
/// verified it. Error: session_off.
Result<supabase::StoredSession> require_session(const Config& config, const Request& request, Respond*& refusal);

/// GET /auth/session: the session for a page of the app, as JSON, or `null`.
Step& show_session(const Config& config, const Request& request);

/// A new session for somebody who signed in, with the app's data of `hook.data`. Errors: session_off,
/// session_too_large, entropy_unavailable, argument_invalid with `data`.
/// @param user the profile, JSON in ASCII.
Result<supabase::StoredSession> begin_session(const Config& config, const Request& request, std::string_view provider,
                                              std::string_view user);

/// Appends the Set-Cookie values that end a session of our own, where the browser has one. A person who signs in
/// through Supabase, or out, is nobody else here.
void end_own_session(const Config& config, const Request& request, List<std::string_view>& set_cookies);

/// The same as begin_session for somebody whom the app names itself: `user` is JSON with the members of a profile,
/// `provider` and `sub` at least. Errors: those of begin_session, config_missing, argument_invalid with
/// `user`.
Result<supabase::StoredSession> create_session(const Config& config, const Request& request);

}  // namespace landfall
