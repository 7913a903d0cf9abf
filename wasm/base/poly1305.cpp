#include "base/poly1305.hpp"

#include <algorithm>

#include "base/chacha20.hpp"

namespace landfall {
namespace {

constexpr std::uint32_t kLimb = 0x3ffffff;

/// 16 bytes as five numbers of 26 bits.
std::array<std::uint32_t, 5> to_limbs(const char* bytes) {
  return {read_little_endian(bytes) & kLimb, read_little_endian(bytes + 3) >> 2 & kLimb,
          read_little_endian(bytes + 6) >> 4 & kLimb, read_little_endian(bytes + 9) >> 6 & kLimb,
          read_little_endian(bytes + 12) >> 8};
}

}  // namespace

Poly1305::Poly1305(std::string_view key) {
  // Some bits of r are zero (RFC 8439 2.5.1).
  constexpr std::array<std::uint32_t, 5> kClamp{0x3ffffff, 0x3ffff03, 0x3ffc0ff, 0x3f03fff, 0x00fffff};
  r_ = to_limbs(key.data());
  for (std::size_t i = 0; i < r_.size(); ++i) r_[i] &= kClamp[i];
  for (std::size_t i = 0; i < pad_.size(); ++i) pad_[i] = read_little_endian(key.data() + 16 + 4 * i);
}

void Poly1305::absorb(const char* block) {
  const auto limbs = to_limbs(block);
  for (std::size_t i = 0; i < 5; ++i) h_[i] += limbs[i];
  h_[4] += 1u << 24;
  // h * r modulo 2^130 - 5: what leaves at the top comes back five times at the bottom.
  std::array<std::uint64_t, 5> product{};
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j < 5; ++j) {
      const std::uint32_t factor = i + j < 5 ? r_[j] : 5 * r_[j];
      product[(i + j) % 5] += std::uint64_t{h_[i]} * factor;
    }
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    product[i] += carry;
    h_[i] = static_cast<std::uint32_t>(product[i]) & kLimb;
    carry = product[i] >> 26;
  }
  carry = h_[0] + 5 * carry;
  h_[0] = static_cast<std::uint32_t>(carry) & kLimb;
  h_[1] += static_cast<std::uint32_t>(carry >> 26);
}

void Poly1305::update_padded(std::string_view bytes) {
  while (bytes.size() >= 16) {
    absorb(bytes.data());
    bytes.remove_prefix(16);
  }
  if (bytes.empty()) return;
  std::array<char, 16> last{};
  std::copy(bytes.begin(), bytes.end(), last.begin());
  absorb(last.data());
}

Digest<16> Poly1305::finish() {
  const auto reduce = [](std::array<std::uint32_t, 5>& number, std::uint32_t carry) {
    for (std::uint32_t& limb : number) {
      limb += carry;
      carry = limb >> 26;
      limb &= kLimb;
    }
    return carry;
  };
  // Twice, because the first wrap may leave one more.
  h_[0] += 5 * reduce(h_, 0);
  h_[0] += 5 * reduce(h_, 0);
  // h or h - (2^130 - 5), whichever is the remainder; the choice is a mask.
  auto less = h_;
  const std::uint32_t is_above = reduce(less, 5);
  const std::uint32_t mask = 0 - is_above;
  for (std::size_t i = 0; i < 5; ++i) h_[i] = (h_[i] & ~mask) | (less[i] & mask);

  const std::array<std::uint32_t, 4> words{h_[0] | h_[1] << 26, h_[1] >> 6 | h_[2] << 20, h_[2] >> 12 | h_[3] << 14,
                                           h_[3] >> 18 | h_[4] << 8};
  Digest<16> tag{};
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum += std::uint64_t{words[i]} + pad_[i];
    write_little_endian(reinterpret_cast<char*>(tag.data()) + 4 * i, static_cast<std::uint32_t>(sum));
    sum >>= 32;
  }
  return tag;
}

}  // namespace landfall
