#include "base/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace landfall {
namespace {

constexpr Character kInvalid{0xFFFD, 1, false};

// How many of the first bytes are ASCII, counted eight at a time. Up to seven more ASCII bytes may follow.
std::size_t ascii_prefix(std::string_view bytes) {
  std::size_t n = 0;
  for (; bytes.size() - n >= 8; n += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + n, 8);
    if ((eight & 0x8080808080808080u) != 0) break;
  }
  return n;
}

void append_escape(Text& out, std::uint32_t code_unit) {
  static constexpr char kHex[] = "0123456789abcdef";
  const char escape[] = {'\\',
                         'u',
                         kHex[code_unit >> 12 & 15],
                         kHex[code_unit >> 8 & 15],
                         kHex[code_unit >> 4 & 15],
                         kHex[code_unit & 15]};
  out.append({escape, sizeof escape});
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
    bytes.remove_prefix(ascii_prefix(bytes));
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
  const char* json = valid_json_utf8.data();
  const std::size_t size = valid_json_utf8.size();
  Text out;
  out.reserve(size);
  std::size_t copied = 0;
  for (std::size_t i = 0; i < size;) {
    if (static_cast<std::uint8_t>(json[i]) < 0x7F) {
      ++i;
      continue;
    }
    out.append({json + copied, i - copied});
    const Character character = read_character({json + i, size - i});
    const std::uint32_t code_point = character.code_point;
    if (code_point < 0x10000) {
      append_escape(out, code_point);
    } else {
      append_escape(out, 0xD800 + ((code_point - 0x10000) >> 10));
      append_escape(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    }
    i += character.length_bytes;
    copied = i;
  }
  out.append({json + copied, size - copied});
  return out;
}

void append_json_string(Text& out, std::string_view utf8) {
  Text json = "\"";
  for (const char c : utf8) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) json += c;
  }
  json += '"';
  out += to_ascii_json(json);
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
