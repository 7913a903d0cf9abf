#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"

namespace landfall {

/// The type of a JSON value.
enum class Kind : std::uint8_t { missing, null, boolean, number, string, array, object };

/// One JSON value: a string decoded to UTF-8, a number or boolean as its JSON text; containers and null have no text.
struct Value {
  Kind kind = Kind::missing;
  std::string_view text;

  [[nodiscard]] bool is_string() const { return kind == Kind::string; }
  /// Missing and null mean the same to every reader here.
  [[nodiscard]] bool is_absent() const { return kind == Kind::missing || kind == Kind::null; }
  /// The option is present without a value, as with an environment variable that is not set.
  [[nodiscard]] bool is_unset() const { return kind == Kind::null || (is_string() && text.empty()); }
};

/// The wanted members of a JSON document, each under its path ("access_token", "aud/0", "keys/1/kid").
class Document {
 public:
  struct Member {
    std::string_view path;
    Value value;
    /// The number of containers around it, without the root. The path does not tell this, because a name may hold a
    /// `/`.
    std::size_t depth = 0;
  };

  /// The value at a path, or one of Kind::missing.
  [[nodiscard]] const Value& at(std::string_view path) const {
    for (const Member& member : members)
      if (member.path == path) return member.value;
    static const Value missing;
    return missing;
  }

  /// The root value. If it is not an object, there are no members.
  Value root;
  /// The members in the order of the document.
  List<Member> members;
};

}  // namespace landfall
