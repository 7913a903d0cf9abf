#pragma once

#include <span>
#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// A value of a template, by its name there.
struct Slot {
  std::string_view name;
  std::string_view text;
};

/// Appends UTF-8 as ASCII: `& < > " ' `` ` and every character beyond ASCII are character references. It is safe as an
/// element's text and inside a quoted attribute.
void append_escaped(Text& out, std::string_view text);

/// Fills a template in the syntax of Mustache: `{{name}}` is escaped, `{{{name}}}` is raw HTML, `{{#name}}…{{/name}}`
/// stays where the value is not empty and `{{^name}}…{{/name}}` where it is empty. A name without a slot is empty. A
/// section does not hold another one of its own name.
Text fill_template(std::string_view html, std::span<const Slot> slots);

}  // namespace landfall
