#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The routes, in the order of messages.def.
enum class Route : std::uint8_t { none, sign_in, callback, sign_out, confirm, error, session };

/// The route that a request is for: the one that the host called, otherwise the one of its path, as it is spelled. At
/// the site's root it is the callback for a response that Supabase Auth may not send to the callback.
Route find_route(const Config& config, const Request& request);

/// The route of a name; none for another text.
Route parse_route(std::string_view name);
std::string_view route_name(Route route);

/// The next step for a request of a route. @param resume of the step before; empty at first. @param result the result
/// of that step; null at first.
Step& serve(const Config& config, Route route, const Request& request, std::string_view resume,
            const FetchResult* result);

}  // namespace landfall
