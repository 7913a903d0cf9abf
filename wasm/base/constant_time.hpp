#pragma once

#include <string_view>

namespace landfall {

/// Whether two byte strings are equal, in a time that depends only on their lengths. Lengths are public: strings of
/// different lengths return false at once. Use it for secrets and authentication tags.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace landfall
