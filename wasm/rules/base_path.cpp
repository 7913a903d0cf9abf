#include "rules/base_path.hpp"

#include "base/text.hpp"

namespace landfall {

std::string_view in_base_path(std::string_view base_path, std::string_view path) {
  const bool is_below = path.starts_with(base_path) && path.find_first_of("/?#", base_path.size()) == base_path.size();
  if (is_below || path == base_path) return path;
  // The app's root is the base path itself: frameworks redirect `/shop/` to `/shop`.
  if (path.size() == 1 || path.find_first_of("?#") == 1) path.remove_prefix(1);
  return concat(base_path, path).view();
}

}  // namespace landfall
