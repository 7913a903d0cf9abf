#include "web/cookie.hpp"

#include <cstddef>

#include "base/ascii.hpp"

namespace landfall {

bool CookieFields::read(Cookie& cookie) {
  while (!rest_.empty()) {
    std::size_t end = plain_prefix<';'>(rest_);
    while (end < rest_.size() && rest_[end] != ';') ++end;
    const std::string_view pair = trim({rest_.data(), end});
    rest_.remove_prefix(end < rest_.size() ? end + 1 : end);

    if (!pair.starts_with(name_prefix_)) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = trim({pair.data(), equals});
    // Check again, because the name may be shorter than the prefix, as in `__Host-=x` for `__Host-=`.
    if (name.empty() || !name.starts_with(name_prefix_)) continue;
    cookie.name = name;
    cookie.value = trim({pair.data() + equals + 1, pair.size() - equals - 1});
    return true;
  }
  return false;
}

}  // namespace landfall
