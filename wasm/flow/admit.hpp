#pragma once

#include <string_view>

#include "base/list.hpp"
#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// A sign-in that succeeded, before the app has seen its session.
struct SignedIn {
  /// JSON in ASCII for onSession; an app without that hook gets none, so it may be empty there.
  std::string_view session;
  std::string_view provider;
  /// Where the person goes.
  std::string_view next;
  /// The session of our own that started the sign-in, as the app gets it; empty for none.
  std::string_view current;
  /// The path that a failure hands on; `next` unless nobody asked for one.
  std::string_view asked_next;
  /// The person's profile, JSON in ASCII, where the app keeps sessions of our own; else empty.
  std::string_view user;
  /// The provider's tokens there, as pack_tokens writes them.
  std::string_view tokens;
  /// `recovery` where the session serves to reset a password.
  std::string_view redirect_type;
  /// The Set-Cookie values that end the sign-in, also when the app refuses the session.
  List<std::string_view> ended;
  /// Those of the session, for one that the app takes.
  List<std::string_view> session_cookies;
  List<Warning> warnings;
};

/// Asks the app's onSession for a new session, where there is one, and sends the person on with a session of our own.
Step& admit(const Config& config, const Request& request, SignedIn& signed_in);

/// Goes on after onSession. A refusal ends the sign-in without a session: session_refused, with `redirect` where the
/// target is no safe one; session_too_large.
Step& resume_admission(const Config& config, const Request& request, const Pending& pending, const FetchResult& result);

}  // namespace landfall
