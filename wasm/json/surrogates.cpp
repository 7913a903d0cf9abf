#include "json/surrogates.hpp"

#include <cstring>

#include "base/ascii.hpp"

namespace landfall {

int read_hex4(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!is_hex(c)) return -1;
    value = value * 16 + static_cast<int>(hex_value(c));
  }
  return value;
}

Text mend_surrogates(std::string_view text) {
  Text out = text;
  // Fewer than four digits, at the end of the text, spell no surrogate.
  const auto unit_at = [text](std::size_t at) {
    return text.substr(at, 2) == "\\u" ? read_hex4(text.substr(at + 2, 4)) : -1;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\') {
      ++i;
      continue;
    }
    const int unit = unit_at(i);
    if (unit < 0xD800 || unit > 0xDFFF) {
      i += 2;
      continue;
    }
    const int low = unit < 0xDC00 ? unit_at(i + 6) : -1;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      i += 12;
      continue;
    }
    std::memcpy(out.writable() + i + 2, "FFFD", 4);
    i += 6;
  }
  return out;
}

}  // namespace landfall
