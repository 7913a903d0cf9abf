// Work is linear in hostile text.
#include "parsers.hpp"

#include "count.hpp"

namespace landfall::instructions {
namespace {

constexpr std::size_t kMinBytes = std::size_t{1} << 10;
constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

void count_doublings(const Parser& parser) {
  for (const Shape& shape : parser.shapes) {
    for (std::size_t bytes = kMinBytes; bytes <= kMaxBytes; bytes *= 2) {
      const std::string name = std::string(parser.name) + "|" + std::string(shape.name) + "|" + std::to_string(bytes);
      const std::string text = shape.make(bytes);
      bool taken = false;
      count(name, [&] { taken = parser.read(text); });
      require(!taken || parser.max_bytes == 0 || text.size() <= parser.max_bytes, name + ": read beyond its limit");
    }
  }
}

}  // namespace

void count_parsers(const std::vector<Parser>& parsers) {
  // The parser that must not be: it looks at all that it has read before each byte. The test has to see this.
  count_doublings({"control",
                   kMinBytes * 8,
                   [](std::string_view text) {
                     std::size_t seen = 0;
                     if (text.size() > kMinBytes * 8) return false;
                     for (std::size_t i = 0; i < text.size(); ++i)
                       for (const char c : text.substr(0, i)) seen += c == text[i] ? 1 : 0;
                     return seen > 0;
                   },
                   {{"one run", "", "a"}}});
  for (const Parser& parser : parsers) count_doublings(parser);
}

}  // namespace landfall::instructions
