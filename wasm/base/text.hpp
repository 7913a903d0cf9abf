#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/memory.hpp"

namespace landfall {

/// Whether two texts are the same bytes. This is a call, because the standard library's comparison is inlined at each
/// of a hundred places.
bool operator==(std::string_view a, std::string_view b);

/// Growing text or bytes in call memory. A copy shares the bytes until either of them grows. There is no destructor.
class Text {
 public:
  constexpr Text() = default;
  Text(std::string_view text) { append(text); }             // NOLINT(google-explicit-constructor)
  Text(const char* text) : Text(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  /// The copy has no spare room, so growing moves it away from the shared bytes.
  constexpr Text(const Text& other) : data_(other.data_), size_(other.size_) {}
  // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): self-assignment only drops its spare room
  constexpr Text& operator=(const Text& other) {
    data_ = other.data_;
    size_ = other.size_;
    capacity_ = 0;
    return *this;
  }
  constexpr Text(Text&& other) = default;
  constexpr Text& operator=(Text&& other) = default;
  ~Text() = default;

  constexpr operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] constexpr std::string_view view() const { return {data_, size_}; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const char* data() const { return data_; }
  [[nodiscard]] constexpr char back() const { return data_[size_ - 1]; }
  [[nodiscard]] constexpr const char* begin() const { return data_; }
  [[nodiscard]] constexpr const char* end() const { return data_ + size_; }
  constexpr char operator[](std::size_t index) const { return data_[index]; }

  [[gnu::noinline]] void append(std::string_view text);
  /// Grows by `count` bytes and returns their start, for the caller to write them.
  char* extend(std::size_t count);
  Text& operator+=(std::string_view text) {
    append(text);
    return *this;
  }
  Text& operator+=(char c);

  /// Room for `size` bytes in all.
  void reserve(std::size_t size);
  /// Drops everything after `size` bytes. A shorter text stays as it is. Copies and views of the longer text keep their
  /// bytes, because growing again moves to another place.
  constexpr void truncate(std::size_t size) {
    size_ = size < size_ ? static_cast<std::uint32_t>(size) : size_;
    capacity_ = 0;
  }
  /// The bytes, for overwriting. Use it only on a text without copies.
  [[nodiscard]] constexpr char* writable() { return data_; }

  friend bool operator==(const Text& a, std::string_view b) { return a.view() == b; }
  friend bool operator==(const Text& a, const Text& b) { return a.view() == b.view(); }
  friend bool operator==(const Text& a, const char* b) { return a.view() == std::string_view(b); }

 private:
  char* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

/// The parts, one after the other.
template <class... Parts>
Text concat(Parts... parts) {
  Text out;
  (out.append(std::string_view(parts)), ...);
  return out;
}

}  // namespace landfall
