#pragma once

#include <string_view>

#include "base/text.hpp"

/// Finds which paths are the same route in every spelling of a router, a proxy or a provider.
namespace landfall {

/// A path as the most tolerant router reads it: percent-decoded kMaxRouteDecodings times, a backslash as a slash,
/// several slashes as one, without the parameters of its segments (`;x=1`, RFC 3986 3.3), without dot segments, without
/// dots and blanks at the end of a segment, without a slash at the end of the path, and in lower case.
Text normalize_route(std::string_view path);

/// Whether a request's path is exactly a route, with or without a slash at its end.
bool is_route(std::string_view path, std::string_view route);

/// Whether some router treats two routes as the same.
bool is_same_route(std::string_view one, std::string_view other);

/// Whether a route lies in the folder of another.
bool is_route_below(std::string_view path, std::string_view folder);

/// Whether one route begins with the other. Some providers match only the beginning of a redirect_uri (GitHub accepts
/// paths below the registered one, Bitbucket accepts any that begin with it), so they cannot tell two such callbacks
/// apart.
bool are_nested(std::string_view one, std::string_view other);

}  // namespace landfall
