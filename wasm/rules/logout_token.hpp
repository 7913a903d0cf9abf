#pragma once

#include <string_view>

#include "json/jwt.hpp"
#include "rules/id_token.hpp"

/// Logout tokens (OpenID Connect Back-Channel Logout 2.4): a provider tells the app that a session of its own is over.
namespace landfall {

/// Splits a compact logout token, and keeps the members that the checks read. Returns null when it is not a signed JWT.
const Jwt* parse_logout_token(std::string_view compact);

/// Checks the header and the claims of a logout token whose issuer and audience fit (OpenID Connect Back-Channel Logout
/// 2.6 steps 2 to 7). It does not check the signature. Returns the name of the part that is not as it has to be; empty
/// where all are.
/// @param expected its nonce does not count, since a logout token has none.
std::string_view find_logout_fault(const Jwt& token, const IdTokenExpectation& expected);

}  // namespace landfall
