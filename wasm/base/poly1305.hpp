#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/digest.hpp"

namespace landfall {

/// Poly1305, a one-time authenticator (RFC 8439 2.5): numbers of 26 bits, no table and no branch on a secret.
class Poly1305 {
 public:
  /// @param key 32 bytes that authenticate one message only.
  explicit Poly1305(std::string_view key);

  /// Takes the next bytes, filled up with zeros to whole blocks of 16 (RFC 8439 2.8).
  void update_padded(std::string_view bytes);

  /// The tag. Do not use the object after this.
  Digest<16> finish();

 private:
  void absorb(const char* block);

  std::array<std::uint32_t, 5> r_{};
  std::array<std::uint32_t, 5> h_{};
  std::array<std::uint32_t, 4> pad_{};
};

}  // namespace landfall
