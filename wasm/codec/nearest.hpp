#pragma once

#include <span>
#include <string_view>

namespace landfall {

/// The known name that a mistyped one most likely means: at most a third of its letters differ (Levenshtein distance,
/// case ignored). Empty when none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace landfall
