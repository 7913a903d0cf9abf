#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"

/// The host[:port] of URLs, Host and X-Forwarded-Host (RFC 3986 3.2.2 and 3.2.3, read strictly).
/// Proof: tests/vectors/host.json.
namespace landfall {

struct Host {
  /// Lower-case name, dotted IPv4 address, or IPv6 address in brackets as RFC 5952 4 writes it.
  std::string_view name;
  /// 1 to 65535, or 0 when there is no port.
  std::uint16_t port = 0;
};

/// Reads host[:port]: a name of letters, digits and inner hyphens (IDNs in punycode), four decimal numbers for IPv4,
/// hexadecimal groups in brackets for IPv6.
///
/// It refuses everything that readers interpret differently: user names, lists, spaces, `%`, `_`, a dot at the end, an
/// empty port or one with leading zeros, short and hexadecimal IPv4, IPv6 with a zone or a dotted part. It also refuses
/// 0.0.0.0, also as an IPv4-mapped IPv6 address, and [::], because they name no host.
///
/// Errors: host_untrusted.
Result<Host> parse_host(std::string_view text);

/// The port of a scheme: 443 for "https", 80 for "http", 0 for others.
std::uint16_t default_port(std::string_view scheme);

/// Appends host[:port], without the scheme's default port.
void append_host(Text& out, const Host& host, std::string_view scheme);

/// Whether a host is this machine: localhost, *.localhost (RFC 6761 6.3), 127.0.0.0/8, also as an IPv4-mapped IPv6
/// address ([::ffff:7f00:1]), or [::1].
bool is_loopback(const Host& host);

/// Whether a pattern can be used with `host_matches`: host[:port], or `*.` and a name[:port].
bool is_host_pattern(std::string_view pattern);

/// Whether a host matches a pattern. `*.` stands for exactly one label. Ports must be equal, and a missing port means
/// the scheme's default. Returns false for an invalid pattern.
bool host_matches(const Host& host, std::string_view scheme, std::string_view pattern);

}  // namespace landfall
