#include "base/text.hpp"

#include <cstring>

namespace landfall {

[[gnu::noinline]] bool operator==(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::char_traits<char>::compare(a.data(), b.data(), a.size()) == 0;
}

void Text::reserve(std::size_t size) {
  if (size <= capacity_) return;
  const std::size_t doubled = 2 * static_cast<std::size_t>(size_);
  const std::size_t capacity = size > doubled ? size : doubled;
  auto* data = static_cast<char*>(allocate(capacity));
  if (size_ > 0) std::memcpy(data, data_, size_);
  data_ = data;
  capacity_ = static_cast<std::uint32_t>(capacity);
}

char* Text::extend(std::size_t count) {
  reserve(size_ + count);
  char* begin = data_ + size_;
  size_ += static_cast<std::uint32_t>(count);
  return begin;
}

Text& Text::operator+=(char c) {
  *extend(1) = c;
  return *this;
}

void Text::append(std::string_view text) {
  if (!text.empty()) std::memcpy(extend(text.size()), text.data(), text.size());
}

}  // namespace landfall
