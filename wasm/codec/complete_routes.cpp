#include "codec/complete_config.hpp"
#include "codec/options.hpp"

namespace landfall {
namespace {

/// A route of ours: its option and its path, without the query of an error page.
struct Route {
  std::string_view option;
  std::string_view path;
};

/// The options of `paths` that are routes; the others are pages of the app.
List<Route> list_routes(Config& config) {
  List<Route> routes;
  for (const Option& option : options_of(Scope::paths)) {
    if (option.form == Form::page) continue;
    const auto path = option.member<std::string_view>(&config);
    routes.push_back({.option = option.name, .path = path.substr(0, path.find('?'))});
  }
  return routes;
}

}  // namespace

ConfigError complete_routes(Config& config, bool wants_supabase) {
  const List<Route> routes = list_routes(config);
  const std::string_view base = config.paths.callback;
  for (const Route& route : routes) config.routes.push_back(normalize_route(route.path));
  for (const Provider& provider : config.providers()) config.routes.push_back(normalize_route(provider.callback));
  for (const Route& route : routes)
    for (const Route* other = routes.begin(); other != &route; ++other)
      if (is_same_route(route.path, other->path))
        return {.parameter = concat("paths.", route.option), .problem = Problem::nested};
  for (const Provider& provider : config.providers()) {
    bool is_nested = false;
    for (const Provider* other = config.providers().data(); other != &provider; ++other)
      is_nested |= are_nested(other->callback, provider.callback);
    for (const Route& route : routes)
      is_nested |= route.path.data() != base.data() && is_same_route(route.path, provider.callback);
    // Supabase's callback may be the beginning of another, up to a slash: it does not match that way.
    const bool is_below = is_route_below(provider.callback, base);
    is_nested |= wants_supabase && !is_below && are_nested(base, provider.callback);
    if (is_nested) return {.parameter = option_path(provider.name, "callback"), .problem = Problem::nested};
  }
  return {.problem = Problem::none};
}

}  // namespace landfall
