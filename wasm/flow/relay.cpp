#include "flow/relay.hpp"

#include "base/ascii.hpp"
#include "flow/respond.hpp"
#include "web/host.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// Plain http is for this machine alone.
std::string_view scheme_of(const Host& host) { return is_loopback(host) ? "http" : "https"; }

Text origin_of(const Host& host) {
  Text origin = concat(scheme_of(host), "://");
  append_host(origin, host, scheme_of(host));
  return origin;
}

/// A host of the list; never the one that is asked, however its name is written, or the browser would go in circles.
bool is_relay_host(const Config& config, std::string_view text, std::string_view origin) {
  const Result<Host> host = parse_host(text);
  if (!host || origin_of(*host) == origin) return false;
  for (const std::string_view pattern : config.relay_to)
    if (host_matches(*host, scheme_of(*host), pattern)) return true;
  return false;
}

}  // namespace

Text send_state(const Config& config, std::string_view state, std::string_view origin) {
  return config.redirect_via.empty() ? Text(state) : concat(state, ".", part(origin, "://").behind);
}

ReceivedState receive_state(const Config& config, std::string_view state, std::string_view origin) {
  const Parts parts = part(state, ".");
  const std::string_view awaited = config.redirect_via.empty() ? std::string_view() : part(origin, "://").behind;
  if (parts.behind == awaited && parts.is_found != awaited.empty()) return {.state = parts.before};
  if (is_relay_host(config, parts.behind, origin)) return {.state = state, .is_elsewhere = true};
  return {.state = parts.is_found ? state : "."};
}

Respond& relay_response(const Config& config, const Request& request, std::string_view state) {
  const Result<Host> host = parse_host(part(state, ".").behind);
  const RequestTarget target = parse_request_url(request.url);
  Text location = origin_of(*host);
  location += config.in_app(target.path);
  if (!target.query.empty()) location += concat("?", target.query);
  if (!is_printable_ascii(location)) return respond_error(config, ErrorCode::state_mismatch);
  Respond& respond = respond_redirect(location, {});
  if (request.method == "POST") respond.status = 307;
  respond.is_quiet = true;
  return respond;
}

}  // namespace landfall
