#include "base/chacha20.hpp"

#include <algorithm>
#include <bit>

namespace landfall {
namespace {

/// "expand 32-byte k" (RFC 8439 2.3).
constexpr std::array<std::uint32_t, 4> kConstants{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

/// RFC 8439 2.1.
void quarter_round(ChaChaBlock& x, std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
  x[a] += x[b];
  x[d] = std::rotl(x[d] ^ x[a], 16);
  x[c] += x[d];
  x[b] = std::rotl(x[b] ^ x[c], 12);
  x[a] += x[b];
  x[d] = std::rotl(x[d] ^ x[a], 8);
  x[c] += x[d];
  x[b] = std::rotl(x[b] ^ x[c], 7);
}

}  // namespace

ChaChaBlock chacha_state(const Digest<32>& key, std::string_view rest) {
  ChaChaBlock state{};
  std::copy(kConstants.begin(), kConstants.end(), state.begin());
  for (std::size_t i = 0; i < 8; ++i) state[4 + i] = read_little_endian(as_bytes(key).data() + 4 * i);
  for (std::size_t i = 0; i < 4; ++i) state[12 + i] = read_little_endian(rest.data() + 4 * i);
  return state;
}

ChaChaBlock chacha_rounds(ChaChaBlock state) {
  for (int i = 0; i < 10; ++i) {
    for (std::size_t column = 0; column < 4; ++column)
      quarter_round(state, column, 4 + column, 8 + column, 12 + column);
    for (std::size_t row = 0; row < 4; ++row)
      quarter_round(state, row, 4 + (row + 1) % 4, 8 + (row + 2) % 4, 12 + (row + 3) % 4);
  }
  return state;
}

Digest<32> hchacha20(const Digest<32>& key, std::string_view nonce) {
  const ChaChaBlock block = chacha_rounds(chacha_state(key, nonce));
  Digest<32> derived{};
  char* bytes = reinterpret_cast<char*>(derived.data());
  for (std::size_t i = 0; i < 4; ++i) {
    write_little_endian(bytes + 4 * i, block[i]);
    write_little_endian(bytes + 16 + 4 * i, block[12 + i]);
  }
  return derived;
}

void chacha20(ChaChaBlock state, char* bytes, std::size_t size) {
  std::array<char, 64> stream{};
  for (std::size_t at = 0; at < size; at += stream.size()) {
    const ChaChaBlock block = chacha_rounds(state);
    for (std::size_t i = 0; i < block.size(); ++i) write_little_endian(stream.data() + 4 * i, block[i] + state[i]);
    const std::size_t count = std::min(stream.size(), size - at);
    for (std::size_t i = 0; i < count; ++i) bytes[at + i] = static_cast<char>(bytes[at + i] ^ stream[i]);
    ++state[12];
  }
}

}  // namespace landfall
