#include "base/list.hpp"

namespace landfall {

void* grow_list(const void* data, std::size_t used_bytes, std::size_t new_bytes) {
  void* moved = allocate(new_bytes);
  if (used_bytes > 0) std::memcpy(moved, data, used_bytes);
  return moved;
}

}  // namespace landfall
