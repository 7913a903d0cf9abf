#pragma once

#include <string_view>

namespace landfall {

/// Whether two byte strings are equal, in a time that depends on their lengths only.
/// The lengths are public: different ones are refused at once. For secrets and authentication tags.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace landfall
