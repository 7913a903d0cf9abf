#pragma once

#include <string_view>

#include "rules/id_token.hpp"

namespace landfall {

/// Takes a compact JWS apart (RFC 7515 7.1, 5.2): three segments of canonical base64url, header and claims JSON objects
/// that are UTF-8 and repeat nothing that is read. Null when it has another form (a JWE, too).
const IdToken* parse_id_token(std::string_view compact);

}  // namespace landfall
