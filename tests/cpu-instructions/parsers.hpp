#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace landfall::instructions {

/// Hostile text of any length: a beginning, one piece again and again, an end.
struct Shape {
  std::string_view name;
  std::string_view prefix;
  std::string_view unit;
  std::string_view suffix = {};

  /// As many whole pieces as `bytes` allow: under valgrind, doubling takes no time.
  [[nodiscard]] std::string make(std::size_t bytes) const {
    const std::size_t ends = prefix.size() + suffix.size();
    const std::size_t wanted = bytes < ends ? 0 : (bytes - ends) / unit.size() * unit.size();
    std::string units;
    if (wanted > 0) units = unit;
    while (units.size() < wanted) units.append(units, 0, wanted - units.size());
    return std::string(prefix) + units + std::string(suffix);
  }
};

/// Whatever reads text from outside.
struct Parser {
  std::string_view name;
  /// Longer text has to be refused; 0 where text of any length is read.
  std::size_t max_bytes;
  /// Reads a text; false when it is refused.
  std::function<bool(std::string_view)> read;
  std::vector<Shape> shapes;
};

/// Cookies, forms, URLs, hosts, `next`, tokens.
std::vector<Parser> text_parsers();

/// JSON: answers of servers, keys, options.
std::vector<Parser> json_parsers();

/// Counts each parser's reading of each shape at lengths that double.
void count_parsers(const std::vector<Parser>& parsers);

}  // namespace landfall::instructions
