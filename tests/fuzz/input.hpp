#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// What the fuzz targets share.
namespace landfall::fuzz {

/// The fuzzer's bytes as choices; once they are used up, each choice is the first one.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  [[nodiscard]] bool is_empty() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  /// 0 to count - 1.
  std::size_t pick(std::size_t count) {
    const std::size_t low = byte();
    return (count <= 256 ? low : std::size_t{byte()} << 8 | low) % count;
  }

  template <class T, std::size_t n>
  const T& pick(const T (&list)[n]) {
    return list[pick(n)];
  }

  /// A text of at most so many bytes, behind a byte that says how many.
  std::string_view text(std::size_t max_bytes) {
    const std::size_t size = std::min<std::size_t>(byte(), max_bytes);
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(out.size());
    return out;
  }

 private:
  std::string_view rest_;
};

/// What has to hold; a failure names itself on the way out.
#define CHECK(condition) \
  ((condition) ? void() : (std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition), std::abort()))

}  // namespace landfall::fuzz
