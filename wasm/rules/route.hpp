#pragma once

#include <string_view>

#include "base/text.hpp"

/// Which paths are one route, however a router, a proxy or a provider spells them.
namespace landfall {

/// A path as the most forgiving of routers reads it: percent-decoded as often as anybody does, a backslash as a slash,
/// several slashes as one, without the parameters of its segments (`;x=1`, RFC 3986 3.3), without dot segments, without
/// dots and blanks at a segment's end and without a slash at the path's, in lower case.
Text normalize_route(std::string_view path);

/// Whether a request's path is a route: as it is spelled, with or without a slash at its end.
bool is_route(std::string_view path, std::string_view route);

/// Whether two routes are one to some router.
bool is_same_route(std::string_view one, std::string_view other);

/// Whether a route lies in the folder of another.
bool is_route_below(std::string_view path, std::string_view folder);

/// Whether one route begins with the other. Providers match a redirect_uri by its beginning (GitHub takes what lies
/// below the registered one, Bitbucket what begins with it), so two such callbacks are one to them.
bool are_nested(std::string_view one, std::string_view other);

}  // namespace landfall
