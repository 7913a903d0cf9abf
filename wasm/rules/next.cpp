#include "rules/next.hpp"

#include <array>
#include <cstddef>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"

namespace landfall {
namespace {

// The meaning of a byte. The first three bits are the percent-encode sets of the URL Standard (1.3), one for each part,
// with the backslash added to query and fragment.
enum : unsigned {
  kEncodeInPath = 1,
  kEncodeInQuery = 2,
  kEncodeInFragment = 4,
  kRefuse = 8,
  kRefuseInPath = 16,
  kMarkInPath = 32,
  kMarkInQuery = 64,

  kPath = kEncodeInPath | kRefuse | kRefuseInPath | kMarkInPath,
  kQuery = kEncodeInQuery | kRefuse | kMarkInQuery,
  kFragment = kEncodeInFragment | kRefuse,
  kEncode = kEncodeInPath | kEncodeInQuery | kEncodeInFragment,
};

constexpr auto kClass = [] {
  std::array<std::uint8_t, 256> table{};
  const auto add = [&table](std::string_view bytes, unsigned bits) {
    for (const char c : bytes) table[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(bits);
  };
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = kRefuse;
  table[0x7F] = kRefuse;
  for (std::size_t c = 0x80; c < 0x100; ++c) table[c] = kEncode;
  add(" \"<>", kEncode);
  add("`", kEncodeInPath | kEncodeInFragment);
  add("^{}", kEncodeInPath);
  add("'", kEncodeInQuery);
  add("\\", kRefuseInPath | kEncodeInQuery | kEncodeInFragment);
  add("/%?#", kMarkInPath);
  add("#", kMarkInQuery);
  return table;
}();

unsigned class_of(char c) { return kClass[static_cast<unsigned char>(c)]; }

// 1 for ".", 2 for ".." and for any spelling of them with %2e, which the URL Standard takes for a dot; else 0.
int dot_segment(std::string_view segment) {
  int dots = 0;
  for (std::size_t i = 0; i < segment.size(); ++dots) {
    if (segment[i] == '.') {
      i += 1;
    } else if (segment.size() - i >= 3 && segment[i] == '%' && segment[i + 1] == '2' &&
               to_lower(segment[i + 2]) == 'e') {
      i += 3;
    } else {
      return 0;
    }
  }
  return dots <= 2 ? dots : 0;
}

// Whether a path can be percent-decoded once more, by a router or by code behind us, without leading to "//host":
// no control character appears, and at no point do the segments so far, with dot segments taken away, begin with an
// empty one. That also covers readers for whom a decoded "?" or "#" ends the path.
bool survives_decoding(std::string_view path) {
  std::array<char, 7> segment{};  // its first bytes, decoded: "%2e%2e" has six
  std::size_t length = 0;
  std::size_t depth = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    char c = path[i];
    if (c == '%' && path.size() - i > 2 && is_hex(path[i + 1]) && is_hex(path[i + 2])) {
      c = static_cast<char>(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2]));
      if ((class_of(c) & kRefuse) != 0) return false;
      i += 2;
    }
    if (c != '/' && c != '\\') {
      if (length < segment.size()) segment[length++] = c;
      continue;
    }
    const int dots = dot_segment({segment.data(), length});
    if (dots == 0) {
      if (length == 0 && depth == 0) return false;
      ++depth;
    } else if (dots == 2 && depth > 0) {
      --depth;
    }
    length = 0;
  }
  return true;
}

void append_encoded(Text& out, std::string_view next) {
  constexpr char kHex[] = "0123456789ABCDEF";
  unsigned part = kPath;
  for (const char c : next) {
    const unsigned bits = class_of(c) & part;
    if ((bits & kEncode) != 0) {
      const auto byte = static_cast<unsigned char>(c);
      char* to = out.extend(3);
      to[0] = '%';
      to[1] = kHex[byte >> 4];
      to[2] = kHex[byte & 15];
      continue;
    }
    out += c;
    if (bits == 0) continue;
    if (c == '#') part = kFragment;
    if (c == '?') part = kQuery;
  }
}

}  // namespace

NextVerdict check_next(std::string_view next, std::string_view origin, Text& encoded) {
  const std::size_t given = next.size();
  if (next.starts_with(origin)) next.remove_prefix(origin.size());
  if (!next.starts_with('/') || next.starts_with("//")) return NextVerdict::refused;
  if (next.size() > kMaxNextBytes || next.back() == ' ') return NextVerdict::refused;

  unsigned part = kPath;
  bool percent_in_path = false;
  std::size_t path_size = next.size();
  std::size_t segment = 1;
  std::size_t encodings = 0;
  for (std::size_t i = 1; i < next.size(); ++i) {
    const char c = next[i];
    const unsigned bits = class_of(c) & part;
    if (bits == 0) continue;
    if ((bits & (kRefuse | kRefuseInPath)) != 0) return NextVerdict::refused;
    if ((bits & kEncode) != 0) {
      ++encodings;
    } else if (c == '%') {
      percent_in_path = true;
    } else {
      if (part == kPath) {
        if (dot_segment(next.substr(segment, i - segment)) != 0) return NextVerdict::refused;
        segment = i + 1;
        if (c != '/') path_size = i;
      }
      if (c == '#') part = kFragment;
      if (c == '?') part = kQuery;
    }
  }
  if (part == kPath && dot_segment(next.substr(segment)) != 0) return NextVerdict::refused;
  if (percent_in_path && !survives_decoding(next.substr(0, path_size))) return NextVerdict::refused;
  if (encodings != 0 && !is_utf8(next)) return NextVerdict::refused;

  if (encodings == 0 && next.size() == given) return NextVerdict::unchanged;
  const std::size_t size = next.size() + 2 * encodings;
  if (size > kMaxNextBytes) return NextVerdict::refused;
  encoded.truncate(0);
  encoded.reserve(size);
  append_encoded(encoded, next);
  return NextVerdict::encoded;
}

}  // namespace landfall
