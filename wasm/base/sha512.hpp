#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landfall {

/// The 64 bytes of a SHA-512 hash, first byte first.
using Sha512Digest = std::array<std::uint8_t, 64>;

/// The SHA-512 hash of one byte string (FIPS 180-4 5 and 6.4). Proof: tests/vectors/sha512.json.
Sha512Digest sha512(std::string_view bytes);

/// A hash as a byte string. It is valid as long as the hash lives.
inline std::string_view as_bytes(const Sha512Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
std::string_view as_bytes(Sha512Digest&&) = delete;

}  // namespace landfall
