#include "rules/provider.hpp"

#include "base/ascii.hpp"

namespace landfall {

bool is_provider_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name)
    if (!is_alnum(c) && c != '-' && c != '_') return false;
  return true;
}

Text option_path(std::string_view provider, std::string_view option) {
  return concat("providers.", provider, ".", option);
}

}  // namespace landfall
