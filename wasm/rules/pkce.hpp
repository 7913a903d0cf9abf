#pragma once

#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// Makes a code_verifier (RFC 7636 4.1): kCodeVerifierEntropyBytes random bytes as 43 characters of base64url.
Text make_code_verifier(std::string_view entropy);

/// The S256 code_challenge of a code_verifier (RFC 7636 4.2), 43 characters. Landfall never uses `plain`.
/// Proof: tests/vectors/pkce.json (RFC 7636 Appendix B).
Text code_challenge(std::string_view code_verifier);

/// Whether a text is a code_verifier: 43 to 128 of [A-Za-z0-9-._~] (RFC 7636 4.1).
bool is_code_verifier(std::string_view text);

}  // namespace landfall
