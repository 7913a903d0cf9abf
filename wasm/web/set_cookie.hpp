#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"

namespace landfall {

/// The SameSite attribute of a cookie (6265bis 5.6.7).
enum class SameSite : std::uint8_t { lax, strict, none };

/// A cookie to be set. `max_age_seconds` 0 deletes it. A deletion works only with the attributes that the cookie was
/// set with.
struct SetCookie {
  std::string_view name;
  std::string_view value;
  std::int64_t max_age_seconds;
  SameSite same_site;
  bool secure;
  bool http_only;
  std::string_view path = "/";
  /// Empty: no Domain attribute, so that only the host itself gets the cookie.
  std::string_view domain = {};
};

/// The value of a Set-Cookie header, in printable ASCII (RFC 6265 4.1; 6265bis 4.1). A deletion has an Expires as well.
/// If a browser would drop, cut or misread the cookie, the result is `internal_error` with the invalid part:
/// - `set-cookie.name`: not a token (RFC 9110 5.6.2), or a `__Host-`/`__Secure-` name, in any case of letters, without
///   the attributes that the prefix requires (6265bis 4.1.3);
/// - `set-cookie.value`: not cookie-octets (no blanks, quotes, commas, semicolons, backslashes);
/// - `set-cookie.size`: name and value exceed 4096 bytes together;
/// - `set-cookie.path`, `set-cookie.domain`: not printable ASCII, with a `;` or a blank at an end, over 1024
/// bytes; a path without `/` first;
/// - `set-cookie.max-age`: negative, or over 400 days;
/// - `set-cookie.same-site`: None without Secure.
/// Proof: tests/vectors/set_cookie.json.
Result<std::string_view> build_set_cookie(const SetCookie& cookie);

}  // namespace landfall
