#include "flow/pending.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/ascii.hpp"

namespace landfall {
namespace {

constexpr std::uint64_t set_of(std::initializer_list<Pending::Field> fields) {
  std::uint64_t bits = 0;
  for (const Pending::Field field : fields) bits |= std::uint64_t{1} << field;
  return bits;
}

/// The fields that each stage carries, a bit each.
constexpr auto kCarried = [] {
  using enum Pending::Field;
#define LANDFALL_LIST(...) \
  { __VA_ARGS__ }
#define LANDFALL_CARRIED(stage, asks, fields, next) set_of(LANDFALL_LIST fields),
  return std::to_array<std::uint64_t>({LANDFALL_STAGE(LANDFALL_CARRIED)});
#undef LANDFALL_CARRIED
#undef LANDFALL_LIST
}();

bool carries(Stage stage, std::size_t field) { return (kCarried[static_cast<std::size_t>(stage)] >> field & 1) != 0; }

}  // namespace

Text build_resume(const Pending& pending, Stage stage) {
  Text out;
  out += static_cast<char>('a' + static_cast<char>(stage));
  for (std::size_t i = 0; i < Pending::kFields; ++i) {
    if (!carries(stage, i)) continue;
    append_decimal(out, static_cast<std::int64_t>(pending.fields[i].size()));
    out += ':';
    out += pending.fields[i];
  }
  return out;
}

Pending* parse_resume(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return nullptr;  // parts of it go out as they are
  const std::size_t stage =
      text.empty() ? kCarried.size() : static_cast<unsigned char>(text.front()) - std::size_t{'a'};
  if (stage >= kCarried.size()) return nullptr;
  text.remove_prefix(1);
  auto& pending = place<Pending>();
  pending.stage = static_cast<Stage>(stage);
  for (std::size_t i = 0; i < Pending::kFields; ++i) {
    if (!carries(pending.stage, i)) continue;
    // What is no number is longer than any text.
    const auto length = static_cast<std::size_t>(parse_decimal(take_until(text, ':')).value_or(-1));
    if (length > text.size()) return nullptr;
    pending.fields[i] = text.substr(0, length);
    text.remove_prefix(pending.fields[i].size());
  }
  return text.empty() ? &pending : nullptr;
}

Text join_lines(const List<std::string_view>& lines) {
  Text joined;
  for (const std::string_view line : lines) {
    joined += line;
    joined += '\n';
  }
  return joined;
}

List<std::string_view> split_lines(std::string_view lines) {
  List<std::string_view> out;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    out.push_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

}  // namespace landfall
