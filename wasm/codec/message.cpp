#include "codec/message.hpp"

#include <cstring>

#include "base/ascii.hpp"

namespace landfall {
namespace {

std::uint32_t read_u32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

void append_u32(Text& out, std::size_t number) {
  const auto value = static_cast<std::uint32_t>(number);
  out.append({reinterpret_cast<const char*>(&value), sizeof value});
}

}  // namespace

std::optional<Message> Message::parse(std::string_view bytes) {
  if (bytes.size() < kMessageHeadBytes || read_u32(bytes, 0) != bytes.size()) return std::nullopt;
  const std::size_t count = read_u32(bytes, 4);
  if (count > (bytes.size() - kMessageHeadBytes) / 4) return std::nullopt;
  Message message;
  std::size_t at = kMessageHeadBytes + 4 * count;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = read_u32(bytes, kMessageHeadBytes + 4 * i);
    if (length > bytes.size() - at) return std::nullopt;
    message.fields_.push_back(bytes.substr(at, length));
    at += length;
  }
  if (at != bytes.size()) return std::nullopt;
  return message;
}

void MessageBuilder::add(std::string_view field) {
  lengths_.push_back(static_cast<std::uint32_t>(field.size()));
  text_ += field;
}

void MessageBuilder::add(std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) add(field);
}

Text MessageBuilder::build() const {
  Text out;
  const std::size_t size = kMessageHeadBytes + 4 * lengths_.size() + text_.size();
  out.reserve(size);
  append_u32(out, size);
  append_u32(out, lengths_.size());
  for (const std::uint32_t length : lengths_) append_u32(out, length);
  out += text_;
  return out;
}

}  // namespace landfall
