#pragma once

#include <span>
#include <string_view>

#include "base/text.hpp"
#include "json/document.hpp"

namespace landfall {

/// A signed JSON Web Token taken apart (RFC 7515 7.1): nothing about it is believed yet.
struct Jwt {
  /// What the signature covers: the first two segments and their dot. A view into the token.
  std::string_view signing_input;
  /// base64url, a view into the token.
  std::string_view signature;
  Document header;
  Document claims;
  /// The claims set as UTF-8 JSON.
  std::string_view payload;
};

/// Takes a compact JWS apart (RFC 7515 7.1, 5.2): three segments of canonical base64url, header and claims JSON objects
/// that are UTF-8 and repeat no wanted member. Null when it has another form, such as a JWE.
/// @param header_members the wanted members of the header. @param claims the wanted claims, down to two levels.
const Jwt* parse_jwt(std::string_view compact, std::span<const std::string_view> header_members,
                     std::span<const std::string_view> claims);

}  // namespace landfall
