#include "base/ascii.hpp"

#include <algorithm>
#include <limits>

#include "base/limits.hpp"

namespace landfall {
namespace {

constexpr std::uint64_t kMaxInt64 = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

void append_number(Text& out, std::int64_t number, unsigned base) {
  char digits[20];
  std::size_t begin = sizeof digits;
  const auto bits = static_cast<std::uint64_t>(number);
  std::uint64_t rest = number < 0 ? 0 - bits : bits;
  do {
    const auto digit = static_cast<unsigned>(rest % base);
    digits[--begin] = static_cast<char>(digit < 10 ? '0' + digit : 'a' + (digit - 10));
    rest /= base;
  } while (rest != 0);
  if (number < 0) out += '-';
  out.append({digits + begin, sizeof digits - begin});
}

constexpr unsigned digit_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a' + 10);
  return 36;
}

std::optional<std::int64_t> parse_number(std::string_view text, unsigned base) {
  if (text.empty()) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) {
    const unsigned digit = digit_value(c);
    if (digit >= base || number > (kMaxInt64 - digit) / base) return std::nullopt;
    number = number * base + digit;
  }
  return static_cast<std::int64_t>(number);
}

}  // namespace

std::string_view take_until(std::string_view& text, char separator) {
  const std::string_view before = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(before.size() + 1, text.size()));
  return before;
}

Parts part(std::string_view text, std::string_view mark) {
  for (std::size_t i = 0; i + mark.size() <= text.size(); ++i)
    if (text.substr(i, mark.size()) == mark) return {text.substr(0, i), text.substr(i + mark.size()), true};
  return {text, {}, false};
}

bool is_uuid(std::string_view text) {
  if (text.size() != kUuidShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kUuidShape[i] == 'x' ? !is_hex(text[i]) : text[i] != '-') return false;
  return true;
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty())
    if (take_until(words, ' ') == word) return true;
  return false;
}

Text lower(std::string_view text) {
  Text out;
  char* to = out.extend(text.size());
  for (const char c : text) *to++ = to_lower(c);
  return out;
}

std::optional<std::int64_t> parse_decimal(std::string_view text) { return parse_number(text, 10); }

void append_decimal(Text& out, std::int64_t number) { append_number(out, number, 10); }

std::optional<std::int64_t> parse_base36(std::string_view text) {
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return parse_number(text, 36);
}

void append_base36(Text& out, std::int64_t number) { append_number(out, number, 36); }

}  // namespace landfall
