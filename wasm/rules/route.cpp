#include "rules/route.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

std::string_view without_last_slash(std::string_view path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

}  // namespace

Text normalize_route(std::string_view path) {
  Text decoded = path;
  // The proxy may decode the path, and the app behind it may decode it again.
  for (int i = 0; i < kMaxRouteDecodings; ++i) decoded = percent_decode(decoded);
  std::string_view rest = decoded;
  Text out;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of("/\\");
    std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    segment = segment.substr(0, segment.find(';'));
    if (segment == "..") out.truncate(out.view().substr(0, out.view().rfind('/')).size());
    while (segment.ends_with('.') || segment.ends_with(' ')) segment.remove_suffix(1);
    if (!segment.empty()) out += concat("/", lower(segment));
  }
  return out.empty() ? Text("/") : out;
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
  const auto begins = [](std::string_view text, std::string_view start) { return text.starts_with(start); };
  const Text a = normalize_route(one);
  const Text b = normalize_route(other);
  return begins(one, other) || begins(other, one) || begins(a, b) || begins(b, a);
}

}  // namespace landfall
