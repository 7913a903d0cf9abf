#include "web/host.hpp"

#include <array>
#include <cstddef>
#include <optional>

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace landfall {
namespace {

using Groups = std::array<unsigned, 8>;

// Reads one decimal number from the front, without a leading zero and at most `max`.
std::optional<unsigned> take_number(std::string_view& text, unsigned max) {
  std::size_t size = 0;
  unsigned number = 0;
  while (size < text.size() && is_digit(text[size])) {
    number = number * 10 + hex_value(text[size++]);
    if (number > max) return std::nullopt;
  }
  if (size == 0 || (size > 1 && text.front() == '0')) return std::nullopt;
  text.remove_prefix(size);
  return number;
}

bool is_ipv4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (!text.starts_with('.')) return false;
      text.remove_prefix(1);
    }
    if (!take_number(text, 255)) return false;
  }
  return text.empty();
}

// Whether the URL Standard (3.5, "ends in a number") reads a name with this last label as an IPv4 address.
bool is_number(std::string_view label) {
  const bool hex = label.starts_with("0x");
  if (hex) label.remove_prefix(2);
  for (const char c : label) {
    if (!(hex ? is_hex(c) : is_digit(c))) return false;
  }
  return true;
}

// Letters, digits, underscores and inner hyphens, all in lower case already: container names have underscores.
bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kMaxHostLabelBytes) return false;
  for (const char c : label) {
    if (!is_alnum(c) && c != '-' && c != '_') return false;
  }
  return label.front() != '-' && label.back() != '-';
}

bool is_name(std::string_view text) {
  if (text.size() > kMaxHostNameBytes) return false;
  for (;;) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) return !is_number(label);
    text.remove_prefix(dot + 1);
  }
}

// Reads the text between the brackets.
bool parse_ipv6(std::string_view text, Groups& groups) {
  std::size_t count = 0;
  constexpr std::size_t kNowhere = std::string_view::npos;
  std::size_t gap = kNowhere;  // the position of "::"
  groups = {};
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (count == groups.size()) return false;
    std::size_t digits = 0;
    unsigned group = 0;
    for (; digits < text.size() && is_hex(text[digits]); ++digits) {
      if (digits == 4) return false;
      group = group * 16 + hex_value(text[digits]);
    }
    if (digits == 0) return false;
    groups[count++] = group;
    text.remove_prefix(digits);
    if (text.empty()) break;
    if (text.starts_with("::") && gap == kNowhere) {
      gap = count;
      text.remove_prefix(2);
    } else if (text.front() == ':' && text.size() > 1) {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  if (gap == kNowhere) return count == groups.size();
  if (count == groups.size()) return false;
  const std::size_t zeros = groups.size() - count;
  for (std::size_t i = groups.size(); i-- > gap;) groups[i] = i >= gap + zeros ? groups[i - zeros] : 0;
  return true;
}

// RFC 5952 4: lower case, no leading zeros, the first longest run of two or more zero groups as "::".
void append_ipv6(Text& out, const Groups& groups) {
  std::size_t best = groups.size();
  std::size_t best_size = 1;
  std::size_t size = 0;  // of the run that ends here
  for (std::size_t i = 0; i < groups.size(); ++i) {
    size = groups[i] == 0 ? size + 1 : 0;
    if (size > best_size) {
      best = i + 1 - size;
      best_size = size;
    }
  }
  out += '[';
  for (std::size_t i = 0; i < groups.size();) {
    if (i == best) {
      out += "::";
      i += best_size;
      continue;
    }
    if (out.back() != ':' && i > 0) out += ':';
    bool started = false;
    for (unsigned shift = 16; shift != 0;) {
      shift -= 4;
      const unsigned digit = (groups[i] >> shift) & 15;
      if (digit == 0 && !started && shift != 0) continue;
      started = true;
      out += "0123456789abcdef"[digit];
    }
    ++i;
  }
  out += ']';
}

bool same_port(std::uint16_t a, std::uint16_t b, std::string_view scheme) {
  const std::uint16_t usual = default_port(scheme);
  return (a == 0 ? usual : a) == (b == 0 ? usual : b);
}

bool is_wildcard(std::string_view pattern) { return pattern.starts_with("*."); }

}  // namespace

Result<Host> parse_host(std::string_view text) {
  constexpr ErrorCode kUntrusted = ErrorCode::host_untrusted;
  Host host;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    Groups groups;
    if (!parse_ipv6(text.substr(1, end - 1), groups)) return kUntrusted;
    Text name;
    append_ipv6(name, groups);
    host.name = name;
    rest = text.substr(end + 1);  // all of it where there is no `]`: that is no port
  } else {
    const std::size_t end = text.find(':');
    host.name = lower(text.substr(0, end));
    if (!is_ipv4(host.name) && !is_name(host.name)) return kUntrusted;
    if (end != std::string_view::npos) rest = text.substr(end);
  }
  if (host.name == "0.0.0.0" || host.name == "[::]" || host.name == "[::ffff:0:0]") return kUntrusted;
  if (rest.empty()) return host;
  if (rest.front() != ':') return kUntrusted;
  rest.remove_prefix(1);
  const std::optional<unsigned> port = take_number(rest, 65535);
  if (!port || *port == 0 || !rest.empty()) return kUntrusted;
  host.port = static_cast<std::uint16_t>(*port);
  return host;
}

std::uint16_t default_port(std::string_view scheme) {
  if (scheme == "https") return 443;
  return scheme == "http" ? 80 : 0;
}

void append_host(Text& out, const Host& host, std::string_view scheme) {
  out += host.name;
  if (host.port == 0 || host.port == default_port(scheme)) return;
  out += ':';
  append_decimal(out, host.port);
}

bool is_loopback(const Host& host) {
  const std::string_view name = host.name;
  if (name == "localhost" || name.ends_with(".localhost") || name == "[::1]") return true;
  // 127.0.0.0/8 in IPv6 (RFC 4291 2.5.5.2). A Host has only one spelling of it: two more digits, then one group.
  constexpr std::string_view kMapped = "[::ffff:7f";
  if (!name.starts_with(kMapped)) return name.starts_with("127.") && is_ipv4(name);
  const std::string_view rest = name.substr(kMapped.size());
  return rest.find(':') == 2 && rest.rfind(':') == 2;
}

bool is_host_pattern(std::string_view pattern) {
  if (!is_wildcard(pattern)) return static_cast<bool>(parse_host(pattern));
  const Result<Host> rest = parse_host(pattern.substr(2));
  return rest && is_name(rest->name);
}

bool host_matches(const Host& host, std::string_view scheme, std::string_view pattern) {
  std::string_view name = host.name;
  if (is_wildcard(pattern)) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return false;
    name.remove_prefix(dot + 1);
    pattern.remove_prefix(2);
  }
  const Result<Host> wanted = parse_host(pattern);
  return wanted && name == wanted->name && same_port(host.port, wanted->port, scheme);
}

}  // namespace landfall
