#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "web/host.hpp"

/// Absolute URLs of the configuration, and the URL of a request. Proof: tests/vectors/url.json.
namespace landfall {

/// An absolute http or https URL from the configuration or from a provider's metadata.
struct Url {
  /// "https" or "http".
  std::string_view scheme;
  Host host;
  /// scheme://host[:port] in lower case, without the scheme's own port (RFC 6454 6.2).
  std::string_view origin;
  /// Path and query exactly as given, with "/" for an empty path; no fragment.
  std::string_view target;
  std::size_t path_size = 0;
  bool has_query = false;
  bool has_fragment = false;

  /// The path, never empty.
  [[nodiscard]] std::string_view path() const { return std::string_view(target).substr(0, path_size); }
  /// The query without its `?`.
  [[nodiscard]] std::string_view query() const {
    return has_query ? std::string_view(target).substr(path_size + 1) : std::string_view();
  }
};

/// Reads an absolute http or https URL (RFC 3986 3, 4.3): printable ASCII, no user name, a host that `parse_host`
/// takes, path and query without characters that would have to be percent-encoded.
///
/// Errors: config_invalid with parameter "url".
Result<Url> parse_url(std::string_view text);

/// Whether secrets may be sent there: https, or http to this machine (RFC 8252 7.3).
bool is_secure_url(const Url& url);

/// Whether a text is a URL of this machine.
bool is_loopback_url(std::string_view text);

/// The parts of a request's URL, as views into it.
struct RequestTarget {
  /// As given ("https"), or empty in origin-form.
  std::string_view scheme;
  /// host[:port] as given, without a user name. It is not checked: read it with `parse_host`. Empty in origin-form.
  std::string_view authority;
  /// The path: "/" for an empty one.
  std::string_view path;
  /// The query without its `?`.
  std::string_view query;
};

/// Splits the URL of an incoming request, in absolute-form or origin-form (RFC 9112 3.2). The runtime has already
/// accepted the URL, so this cannot fail: it accepts every character and drops the fragment.
RequestTarget parse_request_url(std::string_view url);

}  // namespace landfall
