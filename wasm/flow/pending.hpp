#pragma once

#include <array>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "flow/step.hpp"

namespace landfall {

/// What a callback or a sign-out is waiting for.
enum class Stage : char {
  token = 't',
  jwks = 'j',
  jwks_again = 'k',
  verify = 'v',
  userinfo = 'u',
  emails = 'e',
  revoke = 'r',
  /// Supabase's: the session for a code, or for an e-mail link.
  exchange = 'x',
  redeem = 'm',
  /// Supabase's: a refresh before the logout, and the logout.
  refresh = 'f',
  logout = 'o',
  /// Supabase's: who an access token from a fragment belongs to.
  user = 'w',
  /// The app's hooks: for a new session, and for a sign-out.
  session = 's',
  sign_out = 'q'
};

/// A flow between two steps, as the opaque `resume` text that the host hands back. The host is the app's own server (or
/// page), so it is trusted not to change it; it does hold tokens, so it must not leave memory.
struct Pending {
  enum Field : std::size_t {
    stage,
    provider,
    next,
    /// Set-Cookie values, one a line.
    cookies,
    nonce,
    /// Not empty: the response had an `iss` that could not be compared.
    iss_unchecked,
    access_token,
    id_token,
    sub,
    /// The session's JSON so far.
    session,
    /// For the hooks: the Set-Cookie values of a session that the app takes, the warnings, the code of a sign-out that
    /// did not reach everybody.
    asked_next,
    session_cookies,
    warnings,
    code,
    jwks_uri,
    userinfo_endpoint,
    emails_endpoint,
    // Supabase's.
    origin,
    flow_id,
    /// The code; for an e-mail link its token_hash.
    auth_code,
    /// For an e-mail link its type.
    redirect_type,
    attempts,
    tries,
    scope,
    kFields
  };

  std::array<std::string_view, kFields> fields;

  std::string_view& operator[](Field field) { return fields[field]; }
  const std::string_view& operator[](Field field) const { return fields[field]; }

  [[nodiscard]] Stage at() const {
    return fields[stage].empty() ? Stage::token : static_cast<Stage>(fields[stage].front());
  }
};

/// Writes a pending flow as `length:bytes` per field.
Text build_resume(const Pending& pending, Stage stage);

/// Reads what build_resume wrote; null for anything else.
Pending* parse_resume(std::string_view text);

/// A list of header values as one field: a line each.
Text join_lines(const List<std::string_view>& lines);
List<std::string_view> split_lines(std::string_view lines);

}  // namespace landfall
