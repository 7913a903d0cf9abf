#pragma once

#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// JSON text with the escapes of lone surrogates, which nlohmann refuses and RFC 8259 8.2 allows, replaced by U+FFFD.
Text mend_surrogates(std::string_view text);

/// The number that four hexadecimal digits spell, or -1 for anything else.
int read_hex4(std::string_view text);

}  // namespace landfall
