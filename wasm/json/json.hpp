#pragma once

#include <span>
#include <string_view>

#include "json/document.hpp"

namespace landfall {

/// Reads RFC 8259 JSON and keeps the wanted members down to `max_depth` levels (1: those of the root object). An empty
/// list means all members. Returns null when the text is not JSON, holds a NUL, is deeper than kMaxJsonDepth, repeats a
/// wanted member, or has more than kMaxJsonMembers of them (kMaxJsonNames where all members are wanted). The texts of
/// the result may be views into `text`. A lone surrogate escape becomes U+FFFD, as in JavaScript's decoder.
const Document* parse_json(std::string_view text, std::span<const std::string_view> wanted, std::size_t max_depth);

}  // namespace landfall
