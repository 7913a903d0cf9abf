#include "rules/provider.hpp"

namespace landfall {

Text option_path(std::string_view provider, std::string_view option) {
  return concat("providers.", provider, ".", option);
}

}  // namespace landfall
