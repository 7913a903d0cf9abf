#include "base/utf8.hpp"

#include <cstddef>
#include <cstdint>

#include "base/ascii.hpp"

namespace landfall {
namespace {

constexpr Character kInvalid{0xFFFD, 1, false};

/// Appends a character that JSON in ASCII does not copy as it is, or a control character between its tokens.
[[gnu::cold]] [[gnu::noinline]] void append_special(Text& out, std::uint32_t code_point, bool in_string) {
  if (code_point < 0x7F) {
    if (in_string && code_point < 0x20) return;
    if (in_string) out += '\\';
    out += static_cast<char>(code_point);
  } else if (code_point < 0x10000) {
    append_json_escape(out, code_point);
  } else {
    append_json_escape(out, 0xD800 + ((code_point - 0x10000) >> 10));
    append_json_escape(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
  }
}

/// Appends UTF-8 with a `\uXXXX` for each code unit outside of 0x00 to 0x7E, and a `\` before each of `escaped`. With
/// `escaped` the text is the inside of a string, and a control character is dropped.
template <char... escaped>
void append_ascii(Text& out, std::string_view utf8) {
  for (;;) {
    const std::size_t plain = plain_prefix<escaped...>(utf8);
    out += utf8.substr(0, plain);
    utf8.remove_prefix(plain);
    if (utf8.empty()) return;
    const Character character = read_character(utf8);
    append_special(out, character.code_point, sizeof...(escaped) > 0);
    utf8.remove_prefix(character.length_bytes);
  }
}

}  // namespace

Character read_character(std::string_view bytes) {
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  if (first < 0x80) return {first, 1};

  std::size_t length = 0;
  std::uint32_t code_point = 0;
  std::uint32_t least = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2, code_point = first & 0x1Fu, least = 0x80;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3, code_point = first & 0x0Fu, least = 0x800;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4, code_point = first & 0x07u, least = 0x10000;
  }
  if (length == 0 || bytes.size() < length) return kInvalid;
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<std::uint8_t>(bytes[i]);
    if ((next & 0xC0) != 0x80) return kInvalid;
    code_point = code_point << 6 | (next & 0x3Fu);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < least || surrogate || code_point > 0x10FFFF) return kInvalid;
  return {code_point, length};
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    bytes.remove_prefix(plain_prefix<>(bytes));
    if (bytes.empty()) break;
    const Character character = read_character(bytes);
    if (!character.is_valid) return false;
    bytes.remove_prefix(character.length_bytes);
  }
  return true;
}

bool is_plain_text(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto [code_point, length_bytes, is_valid] = read_character(bytes);
    const bool is_control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
    const bool is_character = (code_point & 0xFFFE) != 0xFFFE && (code_point < 0xFDD0 || code_point > 0xFDEF);
    if (!is_valid || is_control || !is_character) return false;
    bytes.remove_prefix(length_bytes);
  }
  return true;
}

Text to_ascii_json(std::string_view valid_json_utf8) {
  if (valid_json_utf8.starts_with("\xEF\xBB\xBF")) valid_json_utf8.remove_prefix(3);
  Text out;
  out.reserve(valid_json_utf8.size());
  append_ascii<>(out, valid_json_utf8);
  return out;
}

void append_json_string(Text& out, std::string_view utf8) {
  out += '"';
  append_ascii<'"', '\\'>(out, utf8);
  out += '"';
}

void append_json_escape(Text& out, std::uint32_t code_unit) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += "\\u";
  for (const int shift : {12, 8, 4, 0}) out += kHex[code_unit >> shift & 15];
}

void append_json_name(Text& json, std::string_view name) {
  json += json.empty() ? "{\"" : ",\"";
  json += name;
  json += "\":";
}

void append_json_member(Text& json, std::string_view name, std::string_view utf8) {
  append_json_name(json, name);
  append_json_string(json, utf8);
}

}  // namespace landfall
