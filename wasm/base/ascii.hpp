#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/text.hpp"

/// ASCII text without locales. Bytes from 0x80 up are never letters, digits, blanks or printable here.
namespace landfall {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// SP or HTAB: the white space of HTTP fields (RFC 9110 5.6.3).
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// A character of a token (RFC 9110 5.6.2).
constexpr bool is_tchar(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// 0x20 to 0x7E.
constexpr bool is_printable_ascii(char c) { return c >= 0x20 && c <= 0x7E; }

/// Whether a text has the shape of a UUID, in any case of letters: 8-4-4-4-12 hexadecimal digits (RFC 9562 4).
bool is_uuid(std::string_view text);

/// The value of a hexadecimal digit, 0 to 15; only for characters that `is_hex`.
constexpr unsigned hex_value(char c) {
  return is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a' + 10);
}

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// Whether every byte is 0x20 to 0x7E; true for the empty text.
constexpr bool is_printable_ascii(std::string_view text) {
  for (const char c : text) {
    if (!is_printable_ascii(c)) return false;
  }
  return true;
}

/// How many characters at the front are 0x20 to 0x7E and none of `stops`. Long texts need only this, so it reads eight
/// at a time.
template <char... stops>
std::size_t plain_prefix(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  std::size_t n = 0;
  for (; text.size() - n >= 8; n += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + n, 8);
    // The high bit marks a character that ends the prefix. A borrow or carry sets wrong marks only behind a right one.
    const std::uint64_t ends = ((eight | (eight + kOnes) | (eight - 0x20 * kOnes)) | ... |
                                ((eight ^ kOnes * static_cast<unsigned char>(stops)) - kOnes));
    if ((ends & kHighBits) != 0) break;
  }
  while (n < text.size() && is_printable_ascii(text[n]) && ((text[n] != stops) && ...)) ++n;
  return n;
}

/// Whether two texts are equal when the case of ASCII letters is ignored.
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

/// The text without SP and HTAB at both ends.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Returns the text before a separator, or everything when there is no separator. Removes it and the separator from the
/// front of `text`.
std::string_view take_until(std::string_view& text, char separator);

/// A text around the first occurrence of a mark; without one, everything is before it.
struct Parts {
  std::string_view before;
  std::string_view behind;
  bool is_found;
};

/// Splits a text at a mark.
Parts part(std::string_view text, std::string_view mark);

/// Whether a list of words with one blank between each has a word.
bool has_word(std::string_view words, std::string_view word);

/// A copy with ASCII letters in lower case; other bytes stay as they are.
Text lower(std::string_view text);

/// Reads 1*DIGIT (leading zeros allowed, no sign, no blanks). Returns nothing for any other text or above 2^63 - 1.
std::optional<std::int64_t> parse_decimal(std::string_view text);

/// Appends a number in decimal, with a `-` when it is negative.
void append_decimal(Text& out, std::int64_t number);

/// Reads exactly the text that `append_base36` writes for a number from 0 to 2^63 - 1: lower case, no sign, no leading
/// zero.
std::optional<std::int64_t> parse_base36(std::string_view text);

/// Appends a number in base 36 (0-9a-z), with a `-` when it is negative.
void append_base36(Text& out, std::int64_t number);

}  // namespace landfall
