#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "codec/fields.hpp"

namespace landfall {

/// The bytes before the lengths: they hold the size of the whole message in bytes, and the count of its fields.
constexpr std::size_t kMessageHeadBytes = 8;

/// A message is a list of strings: its own size in bytes, count, lengths in bytes (all u32, little endian), then the
/// bytes. messages.def names the fields.
class Message {
 public:
  /// Reads a message without copying; nothing when counts and lengths do not add up exactly.
  static std::optional<Message> parse(std::string_view bytes);

  /// The field at an index; absent fields are empty.
  template <class Field>
  [[nodiscard]] std::string_view operator[](Field field) const {
    const auto index = static_cast<std::size_t>(field);
    return index < fields_.size() ? fields_[index] : std::string_view{};
  }

  [[nodiscard]] std::size_t size() const { return fields_.size(); }

 private:
  List<std::string_view> fields_;
};

/// Collects fields and lays them out as a message.
class MessageBuilder {
 public:
  void add(std::string_view field);
  void add(std::initializer_list<std::string_view> fields);
  [[nodiscard]] Text build() const;

 private:
  List<std::uint32_t> lengths_;
  Text text_;
};

}  // namespace landfall
