#include "base/sha256.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/sha2.hpp"

namespace landfall {
namespace {

constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kLengthBytes = 8;

constexpr std::uint32_t rotate_right(std::uint32_t x, unsigned n) { return (x >> n) | (x << (32 - n)); }

inline std::uint32_t load_be32(const std::uint8_t* p) {
  return std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | std::uint32_t{p[3]};
}

inline void store_be32(std::uint8_t* p, std::uint32_t x) {
  p[0] = static_cast<std::uint8_t>(x >> 24);
  p[1] = static_cast<std::uint8_t>(x >> 16);
  p[2] = static_cast<std::uint8_t>(x >> 8);
  p[3] = static_cast<std::uint8_t>(x);
}

inline std::uint32_t schedule(const std::uint32_t* w, std::size_t i) {
  const std::uint32_t w1 = w[(i + 1) & 15];
  const std::uint32_t w14 = w[(i + 14) & 15];
  return w[i] + w[(i + 9) & 15] + (rotate_right(w1, 7) ^ rotate_right(w1, 18) ^ (w1 >> 3)) +
         (rotate_right(w14, 17) ^ rotate_right(w14, 19) ^ (w14 >> 10));
}

// All sixteen have constant indices, so that the words can live in locals. In Wasm this is a sixth faster than a loop.
template <std::size_t... i>
inline void schedule_all(std::uint32_t* w, std::index_sequence<i...>) {
  ((w[i] = schedule(w, i)), ...);
}

// One round. It changes only d and h. The caller renames the eight variables instead of moving them.
inline void round(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t& d, std::uint32_t e, std::uint32_t f,
                  std::uint32_t g, std::uint32_t& h, std::uint32_t kw) {
  h += (rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)) + (g ^ (e & (f ^ g))) + kw;
  d += h;
  h += (rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)) + ((a & b) | (c & (a | b)));
}

}  // namespace

void Sha256::compress(const std::uint8_t* block) {
  std::uint32_t w[16];
  for (unsigned i = 0; i < 16; ++i) w[i] = load_be32(block + 4 * i);

  auto [a, b, c, d, e, f, g, h] = state_;
  for (unsigned t = 0;; t += 16) {
    const auto k = [t](unsigned i) { return static_cast<std::uint32_t>(kSha2Constants[t + i] >> 32); };
    for (unsigned i = 0; i < 16; i += 8) {
      round(a, b, c, d, e, f, g, h, k(i) + w[i]);
      round(h, a, b, c, d, e, f, g, k(i + 1) + w[i + 1]);
      round(g, h, a, b, c, d, e, f, k(i + 2) + w[i + 2]);
      round(f, g, h, a, b, c, d, e, k(i + 3) + w[i + 3]);
      round(e, f, g, h, a, b, c, d, k(i + 4) + w[i + 4]);
      round(d, e, f, g, h, a, b, c, k(i + 5) + w[i + 5]);
      round(c, d, e, f, g, h, a, b, k(i + 6) + w[i + 6]);
      round(b, c, d, e, f, g, h, a, k(i + 7) + w[i + 7]);
    }
    if (t == 48) break;
    schedule_all(w, std::make_index_sequence<16>{});
  }

  const std::uint32_t sums[8] = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += sums[i];
}

void Sha256::update(std::string_view bytes) {
  const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t left = bytes.size();
  if (left == 0) return;
  const std::size_t held = length_bytes_ % kBlockBytes;
  length_bytes_ += left;
  if (held != 0) {
    const std::size_t taken = std::min(left, kBlockBytes - held);
    std::memcpy(block_.data() + held, next, taken);
    next += taken;
    left -= taken;
    if (held + taken < kBlockBytes) return;
    compress(block_.data());
  }
  for (; left >= kBlockBytes; next += kBlockBytes, left -= kBlockBytes) compress(next);
  if (left != 0) std::memcpy(block_.data(), next, left);
}

Sha256Digest Sha256::finish() {
  std::size_t held = length_bytes_ % kBlockBytes;
  block_[held++] = 0x80;
  if (held > kBlockBytes - kLengthBytes) {
    std::memset(block_.data() + held, 0, kBlockBytes - held);
    compress(block_.data());
    held = 0;
  }
  std::memset(block_.data() + held, 0, kBlockBytes - kLengthBytes - held);
  const std::uint64_t length_bits = length_bytes_ * 8;
  store_be32(block_.data() + 56, static_cast<std::uint32_t>(length_bits >> 32));
  store_be32(block_.data() + 60, static_cast<std::uint32_t>(length_bits));
  compress(block_.data());

  Sha256Digest digest;
  for (std::size_t i = 0; i < state_.size(); ++i) store_be32(digest.data() + 4 * i, state_[i]);
  return digest;
}

Sha256Digest sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

}  // namespace landfall
