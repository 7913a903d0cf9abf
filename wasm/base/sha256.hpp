#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/digest.hpp"

namespace landfall {

using Sha256Digest = Digest<32>;

/// SHA-256 over bytes that come in parts (FIPS 180-4 5 and 6.2). A copy is a midstate, and both objects can continue
/// from it.
/// Proof: tests/vectors/sha256.json.
class Sha256 {
 public:
  /// Takes the next bytes of the message.
  void update(std::string_view bytes);

  /// Ends the message and returns its hash. Do not use the object after this.
  Sha256Digest finish();

 private:
  void compress(const std::uint8_t* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::uint64_t length_bytes_ = 0;
};

/// The SHA-256 hash of one byte string.
Sha256Digest sha256(std::string_view bytes);

}  // namespace landfall
