#pragma once

#include <string_view>

namespace landfall {

/// A proxy's statement about the request that it received.
struct Forwarded {
  std::string_view host;
  std::string_view proto;
};

/// Reads the host and proto of a Forwarded header (RFC 7239 4). `;` separates the parameters, and blanks may surround
/// it. Each value is a token or a quoted-string, whose backslashes are removed.
///
/// Both are empty unless the whole header is well formed and has one element: anybody may have written the first part
/// of a list. Both are also empty if a parameter occurs twice or there are more than kMaxForwardedParameters. The
/// values are not checked further. Reading takes linear time. Proof: tests/vectors/public_origin.json.
Forwarded parse_forwarded(std::string_view header);

}  // namespace landfall
