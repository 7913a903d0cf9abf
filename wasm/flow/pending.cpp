#include "flow/pending.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace landfall {

Text build_resume(const Pending& pending, Stage stage) {
  Text out;
  for (std::size_t i = 0; i < Pending::kFields; ++i) {
    const std::string_view field =
        i == Pending::stage ? std::string_view(reinterpret_cast<const char*>(&stage), 1) : pending.fields[i];
    append_decimal(out, static_cast<std::int64_t>(field.size()));
    out += ':';
    out += field;
  }
  return out;
}

Pending* parse_resume(std::string_view text) {
  auto& pending = place<Pending>();
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return nullptr;  // parts of it go out as they are
  for (std::string_view& field : pending.fields) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return nullptr;
    const auto length = parse_decimal(text.substr(0, colon));
    text.remove_prefix(colon + 1);
    if (!length || static_cast<std::size_t>(*length) > text.size()) return nullptr;
    field = text.substr(0, static_cast<std::size_t>(*length));
    text.remove_prefix(field.size());
  }
  if (!text.empty() || pending.fields[Pending::stage].size() != 1) return nullptr;
  return &pending;
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
