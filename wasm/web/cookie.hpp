#pragma once

#include <string_view>

namespace landfall {

/// One cookie as a browser sent it: views into the header.
struct Cookie {
  std::string_view name;
  std::string_view value;
};

/// The cookies of a Cookie header whose name starts, case-sensitively, with a prefix (6265bis 4.2.1 and 5.8.3).
///
/// Only `;` ends a cookie. A comma is part of a value: any site of a domain can put a comma there, followed by the text
/// of a `__Host-` cookie. SP and HTAB around names and values are dropped. Quotes stay, and nothing is decoded. A
/// cookie without `=` or without a name is always skipped (`=__Host-x=evil`). Every cookie of a name is yielded, in the
/// header's order. The order does not prove who set a cookie, so trust only sealed values. Reading takes linear time.
/// Proof: tests/vectors/cookie.json.
class CookieFields {
 public:
  CookieFields(std::string_view header, std::string_view name_prefix) : rest_(header), name_prefix_(name_prefix) {}

  /// Reads the next cookie; false at the end.
  bool read(Cookie& cookie);

 private:
  std::string_view rest_;
  std::string_view name_prefix_;
};

}  // namespace landfall
