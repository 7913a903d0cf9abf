#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"

namespace landfall {

/// What a JSON value is.
enum class Kind : std::uint8_t { missing, null, boolean, number, string, array, object };

/// One JSON value: a string decoded to UTF-8, a number or boolean as its JSON text; containers and null have no text.
struct Value {
  Kind kind = Kind::missing;
  std::string_view text;

  [[nodiscard]] bool is_string() const { return kind == Kind::string; }
  /// Missing and null mean the same to every reader here.
  [[nodiscard]] bool is_absent() const { return kind == Kind::missing || kind == Kind::null; }
  /// An option that is there without a value, as an environment variable that is not set leaves it.
  [[nodiscard]] bool is_unset() const { return kind == Kind::null || (is_string() && text.empty()); }
};

/// The members of a JSON document that somebody asked for, each under its path ("access_token", "aud/0", "keys/1/kid").
class Document {
 public:
  struct Member {
    std::string_view path;
    Value value;
    /// In how many containers it lies, beside the root. A name may hold a `/`: the path alone does not tell.
    std::size_t depth = 0;
  };

  /// The value at a path; a missing one has Kind::missing.
  [[nodiscard]] const Value& at(std::string_view path) const {
    for (const Member& member : members)
      if (member.path == path) return member.value;
    static const Value missing;
    return missing;
  }

  /// The root value; what was not an object has no members.
  Value root;
  /// In the order of the document.
  List<Member> members;
};

}  // namespace landfall
