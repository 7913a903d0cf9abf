#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// A character of UTF-8. A byte that begins none is U+FFFD, and has the length 1.
struct Character {
  std::uint32_t code_point;
  std::size_t length_bytes;
  bool is_valid = true;
};

/// The character at the start of `bytes`, which is not empty (RFC 3629 4).
Character read_character(std::string_view bytes);

/// Whether bytes are UTF-8 as the Encoding Standard defines it: no overlong form, no surrogate, nothing above U+10FFFF,
/// nothing cut short (RFC 3629 3). Proof: tests/vectors/utf8.json.
bool is_utf8(std::string_view bytes);

/// Whether bytes are UTF-8 without control characters (C0, DEL, C1) and without noncharacters: what HTML may hold.
bool is_plain_text(std::string_view bytes);

/// JSON text in UTF-8, rewritten so that every character outside ASCII, and U+007F, is a \uXXXX escape (two of them
/// above U+FFFF); the JSON keeps its meaning (RFC 8259 7). The rest is copied byte for byte, so line breaks between
/// tokens stay. A byte that is not UTF-8 becomes \ufffd. Call `is_utf8` first if that matters.
Text to_ascii_json(std::string_view valid_json_utf8);

/// Appends the \uXXXX escape of a UTF-16 code unit (RFC 8259 7).
[[gnu::cold]] [[gnu::noinline]] void append_json_escape(Text& out, std::uint32_t code_unit);

/// Appends the name of a member to a JSON object that is still open: `{` or `,`, the name and `:`. @param name needs no
/// escapes.
void append_json_name(Text& json, std::string_view name);

/// Appends a member whose value is a text in UTF-8, as append_json_string does it.
void append_json_member(Text& json, std::string_view name, std::string_view utf8);

/// Appends text in UTF-8 as a JSON string in ASCII. It drops control characters, because its input never has any.
void append_json_string(Text& out, std::string_view utf8);

}  // namespace landfall
