#include "base/constant_time.hpp"

#include <cstddef>

namespace landfall {

bool equal_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    // The optimizer must treat `difference` as unknown here. Otherwise it may leave the loop at the first difference.
    __asm__ volatile("" : "+r"(difference));
  }
  return difference == 0;
}

}  // namespace landfall
