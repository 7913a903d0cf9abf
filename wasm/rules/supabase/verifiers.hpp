#pragma once

#include <optional>
#include <string_view>

#include "base/list.hpp"
#include "rules/supabase/cookies.hpp"

/// The code_verifier cookies of auth-js: one slot per flow (`-flow-<id>-code-verifier`), an index of at most five flow
/// ids (`-flows-code-verifier`), and the cookie of older versions, which holds the newest verifier (`-code-verifier`).
/// Proof: tests/vectors/supabase_cookies.json, made with the real libraries.
namespace landfall::supabase {

/// A code_verifier from a cookie.
struct Verifier {
  std::string_view code_verifier;
  /// The flow resets a password: its value ends in `/recovery`, or `/PASSWORD_RECOVERY` before auth-js 2.104.
  bool is_recovery = false;
};

/// Whether a text can name a flow: 8 to 64 of [A-Za-z0-9_-], as auth-js checks it.
bool is_flow_id(std::string_view text);

/// Reads a verifier cookie's value, a JSON string. Returns nothing if it is empty or damaged.
std::optional<Verifier> parse_verifier(std::string_view value);

/// A verifier that this browser holds.
struct HeldVerifier {
  /// Empty for the cookie of older versions.
  std::string_view flow_id;
  Verifier verifier;
};

/// The verifier of a flow.
std::optional<Verifier> find_verifier(const ProjectCookies& cookies, std::string_view flow_id);

/// Every verifier that this browser holds, without duplicates, in the most likely order for a flow without an id: the
/// cookie of older versions, then the slots, newest first.
List<HeldVerifier> list_verifiers(const ProjectCookies& cookies);

/// Writes a new flow's three cookies. It removes the slots that drop out of the index or are not in it.
void start_verifier(CookieWriter& writer, const ProjectCookies& cookies, std::string_view flow_id,
                    std::string_view code_verifier);

/// Removes every cookie that holds a verifier, and its flow from the index.
void end_verifier(CookieWriter& writer, const ProjectCookies& cookies, std::string_view code_verifier);

/// Removes all verifier cookies.
void clear_verifiers(CookieWriter& writer, const ProjectCookies& cookies);

/// Whether a Cookie header holds a verifier of another project, or of another cookie name of this project.
bool has_foreign_verifier(std::string_view cookie_header, std::string_view cookie_name);

}  // namespace landfall::supabase
