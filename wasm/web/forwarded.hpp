#pragma once

#include <string_view>

namespace landfall {

/// What a proxy says of the request that it took.
struct Forwarded {
  std::string_view host;
  std::string_view proto;
};

/// Reads the host and proto of a Forwarded header (RFC 7239 4): parameters with `;` between them and blanks around it,
/// each a token or a quoted-string, whose backslashes are taken off.
///
/// Both are empty unless the header is well formed in whole and one element long: anybody may have written the first
/// part of a list. A parameter that comes twice spoils it too, and so do more than kMaxForwardedParameters. Nothing in
/// it is checked any further. It takes linear time. Proof: tests/vectors/public_origin.json.
Forwarded parse_forwarded(std::string_view header);

}  // namespace landfall
