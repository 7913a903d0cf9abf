#pragma once

#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// Appends bytes as base64url without padding (RFC 4648 5, RFC 7515 2). Proof: tests/vectors/base64url.json.
void append_base64url(Text& out, std::string_view bytes);

/// Bytes as base64url without padding (RFC 4648 5).
Text base64url(std::string_view bytes);

/// Bytes as base64 with padding (RFC 4648 4), for HTTP Basic (RFC 7617 2).
Text base64(std::string_view bytes);

/// Whether every character is one of base64url's alphabet; true for the empty text.
bool is_base64url(std::string_view text);

/// Reads base64url in its one canonical spelling (RFC 4648 3.5). Returns nothing for padding, white space, a character
/// of another alphabet, an impossible length, or an unused bit that is not zero.
std::optional<Text> parse_base64url(std::string_view text);

}  // namespace landfall
