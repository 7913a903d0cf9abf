#include "rules/route.hpp"

#include "base/ascii.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

std::string_view without_last_slash(std::string_view path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

}  // namespace

Text normalize_route(std::string_view path) {
  Text out;
  bool is_parameter = false;
  for (const char c : percent_decode(path).view()) {
    const bool is_slash = c == '/' || c == '\\';
    is_parameter = !is_slash && (is_parameter || c == ';');
    if (is_parameter || (is_slash && !out.empty() && out.back() == '/')) continue;
    out += is_slash ? '/' : to_lower(c);
  }
  out.truncate(without_last_slash(out).size());
  return out;
}

bool is_route(std::string_view path, std::string_view route) {
  return without_last_slash(path) == without_last_slash(route);
}

bool is_same_route(std::string_view one, std::string_view other) {
  return normalize_route(one) == normalize_route(other);
}

bool is_route_below(std::string_view path, std::string_view folder) {
  const Text whole = normalize_route(path);
  const Text start = normalize_route(folder);
  return whole.view().starts_with(start) && whole.view().substr(start.size()).starts_with('/');
}

bool are_nested(std::string_view one, std::string_view other) {
  const Text a = normalize_route(one);
  const Text b = normalize_route(other);
  return a.view().starts_with(b) || b.view().starts_with(a);
}

}  // namespace landfall
