#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"
#include "base/limits.hpp"
#include "base/list.hpp"
#include "base/text.hpp"

namespace landfall {

/// One header field to send; names in lower case.
struct Header {
  std::string_view name;
  std::string_view value;
};

/// The next action that a flow needs: the core does no I/O of its own. It is one of the types below, in call memory.
struct Step {
  /// In the order of messages.def.
  enum class Kind : std::uint8_t {
    respond,
    fetch,
    verify,
    body,
    session,
    sign_out,
    sign,
    revoked,
    stored_session,
    access_token,
    logout
  };

  explicit Step(Kind which) : kind(which) {}

  Kind kind;
  /// The answer that the last step brought was good and may be kept.
  bool keep = false;
  /// The state that the flow needs to go on. If it is empty, the host sends the same request again, with the result.
  std::string_view resume;
};

/// Tells the host that the answer it brought was good.
inline Step& with_keep(Step& step) {
  step.keep = true;
  return step;
}

/// Something for the app to know although nothing failed.
struct Warning {
  ErrorCode code;
  std::string_view detail = {};
};

/// Answer the browser: the flow is over.
struct Respond : Step {
  Respond() : Step(Kind::respond) {}

  std::uint16_t status = 303;
  List<Header> headers;
  ErrorCode code = ErrorCode::ok;
  /// ASCII; empty for none.
  std::string_view body;
  /// The name of the route that answers.
  std::string_view route;
  /// Nothing happened that the app should know: a request that only looks ahead, a page with a button.
  bool is_quiet = false;
  List<Warning> warnings;
  /// For the app's onEvent: the parameter at fault, the provider's error and error_description.
  std::string_view parameter;
  std::string_view detail;
  std::string_view description;
  /// Of the last fetch; 0 for none.
  std::int64_t provider_status = 0;
  std::string_view provider;
  std::string_view next;
  /// The app's public origin; empty where it is not known.
  std::string_view origin;
  /// Kept results that may no longer be used: their `cache_key` begins with it. Empty for none.
  std::string_view forget;
};

/// Ask somebody.
struct Fetch : Step {
  Fetch() : Step(Kind::fetch) {}

  std::string_view method = "GET";
  std::string_view url;
  List<Header> headers;
  std::string_view body;
  std::int64_t deadline_milliseconds = kFetchDeadlineMilliseconds;
  /// How long to wait first.
  std::int64_t delay_milliseconds = 0;
  /// A kept answer of at most this age will do; 0 asks always.
  std::int64_t max_age_seconds = 0;
  /// How long another request waits for the answer to this one.
  std::int64_t patience_milliseconds = kPatienceMilliseconds;
  /// Ask although an answer is kept: one counts only when a fetch like this brought it.
  bool again = false;
  /// The name under which the answer is kept instead of the URL, apart from those of URLs; empty for the URL.
  std::string_view cache_key;
};

/// Verify a signature. Binary values are base64url.
struct Verify : Step {
  Verify() : Step(Kind::verify) {}

  /// The JOSE name (RFC 7518 3.1, RFC 8037 3.1).
  std::string_view alg;
  std::string_view jwk;
  std::string_view spki;
  /// As JOSE has it.
  std::string_view signature;
  /// The same in DER, for ECDSA.
  std::string_view signature_der;
  std::string_view data;
};

/// Sign with ES256 (RFC 7518 3.4).
struct Sign : Step {
  Sign() : Step(Kind::sign) {}

  /// PKCS#8 as base64url.
  std::string_view key;
  std::string_view data;
};

/// Read the body of the request: up to kMaxFormBodyBytes and one byte more.
struct ReadBody : Step {
  ReadBody() : Step(Kind::body) {}
};

/// Ask the app whether it takes a new session.
struct AskSession : Step {
  AskSession() : Step(Kind::session) {}

  /// JSON in ASCII.
  std::string_view session;
  std::string_view provider;
  std::string_view next;
  /// `recovery` where the session serves to reset a password.
  std::string_view redirect_type;
  /// The session of our own that started the sign-in, JSON in ASCII; empty for none.
  std::string_view current;
};

/// Ask the app to end its own session.
struct AskSignOut : Step {
  AskSignOut() : Step(Kind::sign_out) {}
};

/// Ask the app whether it has ended a session (isRevoked).
struct AskRevoked : Step {
  AskRevoked() : Step(Kind::revoked) {}

  std::string_view sid;
  /// As the app gets it, JSON in ASCII.
  std::string_view session;
};

/// Somebody's session: the flow is over.
struct FoundSession : Step {
  FoundSession() : Step(Kind::stored_session) {}

  /// JSON in ASCII; empty for nobody.
  std::string_view json;
  /// The Set-Cookie values that renew its cookies, or remove damaged ones.
  List<std::string_view> set_cookies;
};

/// Somebody's access token: the flow is over.
struct FoundToken : Step {
  FoundToken() : Step(Kind::access_token) {}

  std::string_view access_token;
  /// Its end in seconds since 1970; 0 where nobody says it.
  std::int64_t expires_at = 0;
  List<std::string_view> set_cookies;
};

/// The sessions that a provider has ended: the flow is over.
struct FoundLogout : Step {
  FoundLogout() : Step(Kind::logout) {}

  std::string_view provider;
  /// Whose sessions, as the ID Token has it; empty where the token names only one session.
  std::string_view sub;
  /// The one session of the provider, as the claim `sid` of its ID Token; empty for all of the person's.
  std::string_view sid;
  /// The token's own name.
  std::string_view jti;
};

}  // namespace landfall
