#include "base/base64url.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace landfall {
namespace {

constexpr char kBase64Url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> build_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::uint8_t& value : values) value = kNoDigit;
  for (std::uint8_t i = 0; i < 64; ++i) values[static_cast<std::uint8_t>(kBase64Url[i])] = i;
  return values;
}
constexpr std::array<std::uint8_t, 256> kValues = build_values();

// Writes ceil(4n/3) characters and returns their end.
char* encode(char* to, std::string_view bytes, const char* alphabet) {
  const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t left = bytes.size();
  for (; left >= 3; in += 3, left -= 3) {
    const std::uint32_t group = std::uint32_t{in[0]} << 16 | std::uint32_t{in[1]} << 8 | in[2];
    *to++ = alphabet[group >> 18];
    *to++ = alphabet[group >> 12 & 63];
    *to++ = alphabet[group >> 6 & 63];
    *to++ = alphabet[group & 63];
  }
  if (left != 0) {
    const std::uint32_t group = std::uint32_t{in[0]} << 16 | (left == 2 ? std::uint32_t{in[1]} << 8 : 0);
    *to++ = alphabet[group >> 18];
    *to++ = alphabet[group >> 12 & 63];
    if (left == 2) *to++ = alphabet[group >> 6 & 63];
  }
  return to;
}

}  // namespace

void append_base64url(Text& out, std::string_view bytes) {
  encode(out.extend(bytes.size() / 3 * 4 + (bytes.size() % 3 * 4 + 2) / 3), bytes, kBase64Url);
}

Text base64url(std::string_view bytes) {
  Text out;
  append_base64url(out, bytes);
  return out;
}

Text base64(std::string_view bytes) {
  Text out;
  char* begin = out.extend((bytes.size() + 2) / 3 * 4);
  for (char* to = encode(begin, bytes, kBase64); to != out.end();) *to++ = '=';
  return out;
}

bool is_base64url(std::string_view text) {
  for (const char c : text)
    if (kValues[static_cast<std::uint8_t>(c)] == kNoDigit) return false;
  return true;
}

std::optional<Text> parse_base64url(std::string_view text) {
  const std::size_t tail = text.size() % 4;
  if (tail == 1) return std::nullopt;
  Text out;

  std::uint32_t bits = 0;
  unsigned held = 0;
  char* to = out.extend(text.size() / 4 * 3 + (tail == 0 ? 0 : tail - 1));
  for (const char c : text) {
    const std::uint8_t value = kValues[static_cast<std::uint8_t>(c)];
    if (value == kNoDigit) return std::nullopt;
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      *to++ = static_cast<char>(bits >> held);
    }
  }
  if ((bits & ((1u << held) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace landfall
