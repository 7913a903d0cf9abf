#include "flow/serve.hpp"

#include <array>

#include "flow/callback.hpp"
#include "flow/error_page.hpp"
#include "flow/not_set.hpp"
#include "flow/own_session.hpp"
#include "flow/respond.hpp"
#include "flow/resume.hpp"
#include "flow/sign_in.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/callback.hpp"
#include "flow/supabase/confirm.hpp"
#include "rules/public_origin.hpp"
#include "rules/route.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

constexpr auto kNames =
    std::to_array<std::string_view>({"", "sign_in", "callback", "sign_out", "confirm", "error", "session"});

Step& begin(const Config& config, Route route, const Request& request, const FetchResult* result) {
  if (route == Route::error) return error_page(config, request);
  if (const Error error = check_configured(config, request); error.code != ErrorCode::ok)
    return respond_not_set(config, request, error);
  if (route == Route::sign_in) return sign_in(config, request, result);
  if (route == Route::sign_out) return sign_out(config, request);
  if (route == Route::session) return show_session(config, request);
  if (route == Route::confirm) return supabase::confirm(config, request);
  return callback(config, request, result);
}

}  // namespace

Route parse_route(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<Route>(i);
  return Route::none;
}

std::string_view route_name(Route route) { return kNames[static_cast<std::size_t>(route)]; }

Route find_route(const Config& config, const Request& request) {
  if (!request.route.empty()) return parse_route(request.route);
  const std::string_view path = config.in_app(parse_request_url(request.url).path);
  const Paths& paths = config.paths;
  if (is_route(path, paths.sign_in)) return Route::sign_in;
  if (is_route(path, paths.callback) || config.find_callback(path) != nullptr) return Route::callback;
  if (is_route(path, paths.sign_out)) return Route::sign_out;
  if (config.session.is_on() && is_route(path, paths.session)) return Route::session;
  if (config.wants_supabase() && is_route(path, paths.confirm)) return Route::confirm;
  const std::string_view error = paths.error.substr(0, paths.error.find('?'));
  if (!config.has_own_error_page && is_route(path, error)) return Route::error;
  const bool is_arrival = !is_route(path, error) && request.method == "GET" &&
                          check_configured(config, request).code == ErrorCode::ok &&
                          supabase::is_arrival(config, request);
  return is_arrival ? Route::callback : Route::none;
}

Step& serve(const Config& config, Route route, const Request& request, std::string_view resume_text,
            const FetchResult* result) {
  Step& step =
      resume_text.empty() ? begin(config, route, request, result) : resume(config, request, resume_text, *result);
  if (step.kind != Step::Kind::respond) return step;
  auto& respond = static_cast<Respond&>(step);
  if (result != nullptr && (!resume_text.empty() || is_about_metadata(respond.code))) add_fetch(respond, *result);
  respond.route = route_name(route);
  // The app already knows the error that the page shows.
  respond.is_quiet |= route == Route::error;
  if (const auto origin = resolve_public_origin(config.origin, request)) respond.origin = *origin;
  // A HEAD has the headers of a GET and no body (RFC 9110 9.3.2).
  if (request.method == "HEAD") respond.body = {};
  return respond;
}

}  // namespace landfall
