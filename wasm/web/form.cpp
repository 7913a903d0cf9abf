#include "web/form.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ascii.hpp"

namespace landfall {
namespace {

// Decodes the first byte of `encoded`, which is not empty, and removes its spelling from the front. `plus` is the
// meaning of `+`.
char take_byte(std::string_view& encoded, char plus = ' ') {
  const char c = encoded[0];
  if (c == '%' && encoded.size() > 2 && is_hex(encoded[1]) && is_hex(encoded[2])) {
    const unsigned byte = hex_value(encoded[1]) << 4 | hex_value(encoded[2]);
    encoded.remove_prefix(3);
    return static_cast<char>(byte);
  }
  encoded.remove_prefix(1);
  return c == '+' ? plus : c;
}

Text decode(std::string_view encoded, char plus) {
  if (encoded.find_first_of(plus == '+' ? "%" : "%+") == std::string_view::npos) return encoded;
  Text out;
  out.reserve(encoded.size());
  while (!encoded.empty()) out += take_byte(encoded, plus);
  return out;
}

/// One bit for each byte: letters, digits, `*`, `-`, `.` and `_`.
constexpr std::array<std::uint32_t, 8> kFormLiterals{0, 0x03FF6400, 0x87FFFFFE, 0x07FFFFFE};

constexpr bool is_form_literal(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (kFormLiterals[byte >> 5] >> (byte & 31) & 1) != 0;
}

}  // namespace

bool FormFields::read(FormField& field) {
  while (!rest_.empty()) {
    std::string_view pair = take_until(rest_, '&');
    if (pair.empty()) continue;
    field.name = take_until(pair, '=');
    field.value = pair;
    return true;
  }
  return false;
}

Text form_decode(std::string_view encoded) { return decode(encoded, ' '); }

Text percent_decode(std::string_view encoded) { return decode(encoded, '+'); }

bool form_name_is(std::string_view encoded_name, std::string_view name) {
  for (const char c : name)
    if (encoded_name.empty() || take_byte(encoded_name) != c) return false;
  return encoded_name.empty();
}

void append_form_encoded(Text& out, std::string_view bytes) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::size_t size = bytes.size();
  for (const char c : bytes)
    if (!is_form_literal(c) && c != ' ') size += 2;
  char* to = out.extend(size);
  for (const char c : bytes) {
    if (is_form_literal(c) || c == ' ') {
      *to++ = c == ' ' ? '+' : c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      *to++ = '%';
      *to++ = kHex[byte >> 4];
      *to++ = kHex[byte & 15];
    }
  }
}

void append_form_field(Text& out, std::string_view name, std::string_view value) {
  if (!out.empty() && out.back() != '?' && out.back() != '&') out += '&';
  append_form_encoded(out, name);
  out += '=';
  append_form_encoded(out, value);
}

Text read_form_field(std::string_view encoded, std::string_view name) {
  FormFields fields(encoded);
  FormField field;
  Text value;
  bool is_seen = false;
  while (fields.read(field)) {
    if (!form_name_is(field.name, name)) continue;
    if (is_seen) return {};
    is_seen = true;
    value = form_decode(field.value);
  }
  return value;
}

}  // namespace landfall
