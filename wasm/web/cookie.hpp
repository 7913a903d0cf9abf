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
/// Only `;` ends a cookie: a comma is part of a value, for a browser lets every site of a domain put one there, and
/// with it the text of a `__Host-` cookie. SP and HTAB around names and values are dropped; quotes stay; nothing is
/// decoded. A cookie without `=` or without a name is never yielded, whatever it spells (`=__Host-x=evil`). Every
/// cookie of a name is yielded, in the header's order, which proves nothing about who set it: a value has to be sealed
/// to be believed. The whole takes linear time. Proof: tests/vectors/cookie.json.
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
