#include "web/forwarded.hpp"

#include <array>
#include <cstddef>
#include <optional>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

namespace landfall {
namespace {

std::string_view take_token(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_tchar(text[size])) ++size;
  const std::string_view token = text.substr(0, size);
  text.remove_prefix(size);
  return token;
}

/// A quoted-string (RFC 9110 5.6.4) without its quotes and backslashes.
std::optional<Text> take_quoted(std::string_view& text) {
  Text value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    if (text[i] == '\\' && ++i == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F) break;
    value += text[i];
  }
  return std::nullopt;
}

std::optional<Text> take_value(std::string_view& text) {
  if (text.starts_with('"')) return take_quoted(text);
  const std::string_view token = take_token(text);
  return token.empty() ? std::nullopt : std::optional<Text>(token);
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

}  // namespace

Forwarded parse_forwarded(std::string_view header) {
  Forwarded forwarded;
  std::array<std::string_view, kMaxForwardedParameters> names;
  std::size_t count = 0;
  for (;;) {
    skip_blanks(header);
    if (!header.empty() && header.front() != ';') {
      const std::string_view name = take_token(header);
      if (name.empty() || !header.starts_with('=')) return {};
      header.remove_prefix(1);
      const auto value = take_value(header);
      if (!value || count == names.size()) return {};
      for (std::size_t i = 0; i < count; ++i)
        if (equal_ignoring_case(names[i], name)) return {};
      names[count++] = name;
      if (equal_ignoring_case(name, "host")) forwarded.host = *value;
      if (equal_ignoring_case(name, "proto")) forwarded.proto = *value;
      skip_blanks(header);
    }
    if (header.empty()) return forwarded;
    if (header.front() != ';') return {};
    header.remove_prefix(1);
  }
}

}  // namespace landfall
