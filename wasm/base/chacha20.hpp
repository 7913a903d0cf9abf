#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/digest.hpp"

namespace landfall {

/// Four bytes as a number, the least first.
constexpr std::uint32_t read_little_endian(const char* bytes) {
  std::uint32_t number = 0;
  for (int i = 3; i >= 0; --i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

constexpr void write_little_endian(char* bytes, std::uint32_t number) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>(number >> (8 * i));
}

/// The state of ChaCha20: four constants, eight words of the key, and four that the caller chooses (RFC 8439 2.3).
using ChaChaBlock = std::array<std::uint32_t, 16>;

/// A state for a key. @param rest 16 bytes: the counter and the nonce.
ChaChaBlock chacha_state(const Digest<32>& key, std::string_view rest);

/// Twenty rounds, without the addition of the state (RFC 8439 2.3.1).
ChaChaBlock chacha_rounds(ChaChaBlock state);

/// The key of HChaCha20 (draft-irtf-cfrg-xchacha-03 2.2). @param nonce 16 bytes.
Digest<32> hchacha20(const Digest<32>& key, std::string_view nonce);

/// Adds the key stream to bytes in place, from the block of the state's counter on (RFC 8439 2.4).
void chacha20(ChaChaBlock state, char* bytes, std::size_t size);

}  // namespace landfall
