#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "flow/stages.def"
#include "flow/step.hpp"

namespace landfall {

/// The answer that a flow is waiting for.
#define LANDFALL_ENUMERATOR(stage, ...) stage,
enum class Stage : std::uint8_t { LANDFALL_STAGE(LANDFALL_ENUMERATOR) };
#undef LANDFALL_ENUMERATOR

/// A flow between two steps, as the opaque `resume` text that the host hands back. The host is the app's own server (or
/// page), so it is trusted not to change it; it does hold tokens, so it must not leave memory.
struct Pending {
  enum Field : std::size_t {
    provider,
    next,
    /// Set-Cookie values, one a line.
    cookies,
    nonce,
    /// Not empty: the response had an `iss` that could not be compared.
    iss_unchecked,
    access_token,
    /// The token whose signature is checked: the ID Token, or where is_userinfo is not empty, the userinfo response.
    jwt,
    is_userinfo,
    /// The algorithms that the provider lists, with blanks between.
    id_token_algs,
    sub,
    /// The session's JSON so far.
    session_json,
    /// For the app's hooks: where a refusal leads, the Set-Cookie values of a session that the app takes, the warnings,
    /// and for a sign-out that did not reach everybody its code, and what the server said.
    asked_next,
    session_cookies,
    /// Not empty: the session that was there when the sign-in started is there still.
    is_linking,
    /// The profile and the tokens of a session of our own.
    user,
    tokens,
    warnings,
    code,
    detail,
    description,
    status,
    jwks_uri,
    userinfo_endpoint,
    emails_endpoint,
    /// What waits for a signature: where the request goes, and what is in it.
    endpoint,
    code_verifier,
    token,
    token_type_hint,
    /// The provider's address that ends its own session, and what kept tokens begin with.
    end_session,
    family,
    /// What is signed.
    signing_input,
    /// The JSON that Apple posts once, in ASCII.
    posted_user,
    origin,
    /// The code; for an e-mail link its token_hash.
    auth_code,
    // Supabase's.
    flow_id,
    /// For an e-mail link its type.
    redirect_type,
    attempts,
    tries,
    scope,
    kFields
  };

  Stage stage = Stage::token;
  std::array<std::string_view, kFields> fields;

  std::string_view& operator[](Field field) { return fields[field]; }
  const std::string_view& operator[](Field field) const { return fields[field]; }
};

/// Writes a pending flow for its next stage: the fields that this stage carries, and no others.
Text build_resume(const Pending& pending, Stage stage);

/// Reads a text from build_resume; null for any other text.
Pending* parse_resume(std::string_view text);

/// A list of header values as one field: a line each.
Text join_lines(const List<std::string_view>& lines);
List<std::string_view> split_lines(std::string_view lines);

}  // namespace landfall
