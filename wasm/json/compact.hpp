#pragma once

#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// JSON text as JSON.stringify(JSON.parse(text)) writes it: no white space, and no escape that can be a character. It
/// differs in the order of integer-like names, repeated names, and the spelling of numbers, which mean the same to
/// every reader.
/// @param json valid JSON in UTF-8. @param without a member of the first level to leave out; empty for none.
Text compact_json(std::string_view json, std::string_view without);

}  // namespace landfall
