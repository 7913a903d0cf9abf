#pragma once

#include <string_view>

#include "base/digest.hpp"

namespace landfall {

using Sha384Digest = Digest<48>;
using Sha512Digest = Digest<64>;

/// The SHA-384 hash of one byte string (FIPS 180-4 5 and 6.5). Proof: tests/vectors/sha512.json.
Sha384Digest sha384(std::string_view bytes);

/// The SHA-512 hash of one byte string (FIPS 180-4 5 and 6.4). Proof: tests/vectors/sha512.json.
Sha512Digest sha512(std::string_view bytes);

}  // namespace landfall
