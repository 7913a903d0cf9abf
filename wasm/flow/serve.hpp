#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The routes, in the order of messages.def.
enum class Route : std::uint8_t { none, sign_in, callback, sign_out, confirm, error };

/// The route that a request is for: the one that the host called, else the one of its path, as it is spelled; at the
/// site's root the callback, for what Supabase Auth sends there when it may not send it to the callback.
Route find_route(const Config& config, const Request& request);

/// The route of a name; none for another text.
Route parse_route(std::string_view name);
std::string_view route_name(Route route);

/// The next step for a request of a route. @param resume of the step before; empty at first. @param result what that
/// step brought; null at first.
Step& serve(const Config& config, Route route, const Request& request, std::string_view resume,
            const FetchResult* result);

}  // namespace landfall
