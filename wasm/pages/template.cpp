#include "pages/template.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace landfall {
namespace {

std::string_view find_slot(std::span<const Slot> slots, std::string_view name) {
  for (const Slot& slot : slots)
    if (slot.name == name) return slot.text;
  return {};
}

/// The text behind the end of a section.
std::string_view skip_section(std::string_view rest, std::string_view name) {
  const Text end = concat("{{/", name, "}}");
  const std::size_t at = rest.find(end);
  return at == std::string_view::npos ? std::string_view() : rest.substr(at + end.size());
}

}  // namespace

void append_escaped(Text& out, std::string_view text) {
  while (!text.empty()) {
    const Character character = read_character(text);
    const bool is_plain =
        character.code_point < 0x80 && std::string_view("&<>\"'`").find(text[0]) == std::string_view::npos;
    if (is_plain) {
      out += text[0];
    } else {
      out += "&#";
      append_decimal(out, character.code_point);
      out += ';';
    }
    text.remove_prefix(character.length_bytes);
  }
}

Text fill_template(std::string_view html, std::span<const Slot> slots) {
  Text out;
  while (true) {
    const std::size_t open = html.find("{{");
    out += html.substr(0, open);
    if (open == std::string_view::npos) return out;
    html.remove_prefix(open + 2);
    const std::size_t close = html.find("}}");
    if (close == std::string_view::npos) return out;
    std::string_view name = html.substr(0, close);
    html.remove_prefix(close + 2);
    const char mark = name.empty() ? '/' : name.front();
    const bool is_raw = mark == '{';
    if (is_raw) html.remove_prefix(html.starts_with('}') ? 1 : 0);
    if (is_raw || mark == '#' || mark == '^' || mark == '/') name.remove_prefix(name.empty() ? 0 : 1);
    const std::string_view text = find_slot(slots, name);
    if (is_raw)
      out += text;
    else if (mark == '#' || mark == '^')
      html = text.empty() == (mark == '#') ? skip_section(html, name) : html;
    else if (mark != '/')
      append_escaped(out, text);
  }
}

}  // namespace landfall
