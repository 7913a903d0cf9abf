#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/fields.hpp"

/// The core for native hosts, without a dependency in this header: `find_package(landfall)`, then link
/// landfall::landfall.
namespace landfall {

class Core;

/// The fields of a message, by their names in messages.def.
class Fields {
 public:
  explicit Fields(std::size_t size = 0) : texts_(size) {}

  /// A field, from 0; absent ones are empty.
  [[nodiscard]] std::string_view at(std::size_t index) const {
    return index < texts_.size() ? std::string_view(texts_[index]) : std::string_view();
  }
  template <class Field>
  [[nodiscard]] std::string_view operator[](Field field) const {
    return at(static_cast<std::size_t>(field));
  }

  /// Sets a field, and makes room for it.
  void set(std::size_t index, std::string_view text) {
    if (index >= texts_.size()) texts_.resize(index + 1);
    texts_[index] = text;
  }
  template <class Field>
  void set(Field field, std::string_view text) {
    set(static_cast<std::size_t>(field), text);
  }
  /// Sets a header of a REQUEST.
  void set(RequestHeader header, std::string_view text) {
    set(static_cast<std::size_t>(RequestField::header_0) + static_cast<std::size_t>(header), text);
  }

  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  /// The kind of an answer that has one; -1 for an empty message.
  [[nodiscard]] StepKind step() const {
    int kind = at(0).empty() ? -1 : 0;
    for (const char digit : at(0)) kind = 10 * kind + digit - '0';
    return static_cast<StepKind>(kind);
  }

 private:
  std::vector<std::string> texts_;
};

/// One configuration and the core behind it: messages in, messages out. Clock, random bytes and the network are the
/// caller's. Not for two threads at once.
class [[gnu::visibility("default")]] Landfall {
 public:
  Landfall();
  ~Landfall();
  Landfall(const Landfall&) = delete;
  Landfall& operator=(const Landfall&) = delete;

  /// Reads the options, the JSON that docs/abi.md describes; answers READY, or REFUSED with the option at fault.
  Fields configure(std::string_view json);
  /// Performs an operation of messages.def on its message. No input makes it fail: a message of more than 2 MB is
  /// answered with RESPOND request_too_large; for check_next with no field: refused.
  Fields handle(Operation operation, const Fields& fields);

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace landfall
