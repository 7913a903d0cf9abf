#pragma once

#include <span>
#include <string_view>

#include "base/text.hpp"
#include "json/document.hpp"

namespace landfall {

/// The parts of a signed JSON Web Token (RFC 7515 7.1). None of them is verified yet.
struct Jwt {
  /// The signed text: the first two segments and their dot. A view into the token.
  std::string_view signing_input;
  /// base64url, a view into the token.
  std::string_view signature;
  Document header;
  Document claims;
  /// The claims set as UTF-8 JSON.
  std::string_view payload;
};

/// Splits a compact JWS (RFC 7515 7.1, 5.2): it has three segments of canonical base64url, and header and claims are
/// JSON objects in UTF-8 that repeat no wanted member. Returns null for another form, such as a JWE.
/// @param header_members the wanted members of the header. @param claims the wanted claims, down to two levels.
const Jwt* parse_jwt(std::string_view compact, std::span<const std::string_view> header_members,
                     std::span<const std::string_view> claims);

}  // namespace landfall
