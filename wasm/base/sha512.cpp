#include "base/sha512.hpp"

#include <algorithm>

#include "base/sha2.hpp"
#include "base/text.hpp"

namespace landfall {
namespace {

constexpr std::size_t kBlockBytes = 128;
constexpr std::size_t kLengthBytes = 16;

constexpr std::uint64_t rotate_right(std::uint64_t x, unsigned n) { return (x >> n) | (x << (64 - n)); }

using State = std::array<std::uint64_t, 8>;

/// Small rather than fast: a sign-in hashes only one access token.
void compress(State& state, const char* block) {
  std::array<std::uint64_t, 80> w{};
  for (std::size_t i = 0; i < kBlockBytes; ++i) w[i / 8] = w[i / 8] << 8 | static_cast<std::uint8_t>(block[i]);
  for (std::size_t i = 16; i < w.size(); ++i) {
    const std::uint64_t a = w[i - 15];
    const std::uint64_t b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (rotate_right(a, 1) ^ rotate_right(a, 8) ^ (a >> 7)) +
           (rotate_right(b, 19) ^ rotate_right(b, 61) ^ (b >> 6));
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const std::uint64_t first = h + (rotate_right(e, 14) ^ rotate_right(e, 18) ^ rotate_right(e, 41)) +
                                (g ^ (e & (f ^ g))) + kSha2Constants[i] + w[i];
    const std::uint64_t second =
        (rotate_right(a, 28) ^ rotate_right(a, 34) ^ rotate_right(a, 39)) + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  const State sums{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] += sums[i];
}

/// @param state the initial hash value. Returns the hash, of which SHA-384 takes the beginning.
Sha512Digest hash(std::string_view bytes, State state) {
  // This copies the whole message with its padding, because messages here are short.
  Text padded = bytes;
  padded += '\x80';
  while (padded.size() % kBlockBytes != kBlockBytes - kLengthBytes) padded += '\0';
  // No message here has 2^61 bytes, so the first half of its length in bits is zero.
  for (std::size_t i = 0; i < kLengthBytes / 2; ++i) padded += '\0';
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (unsigned shift = 64; shift > 0; shift -= 8) padded += static_cast<char>(bits >> (shift - 8));

  for (std::size_t at = 0; at < padded.size(); at += kBlockBytes) compress(state, padded.data() + at);
  Sha512Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>(state[i / 8] >> (56 - 8 * (i % 8)));
  return digest;
}

}  // namespace

Sha384Digest sha384(std::string_view bytes) {
  const Sha512Digest whole =
      hash(bytes, {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31,
                   0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4});
  Sha384Digest digest;
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

Sha512Digest sha512(std::string_view bytes) {
  return hash(bytes, {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179});
}

}  // namespace landfall
