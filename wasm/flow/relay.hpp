#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

/// Sign-ins at hosts that no provider knows, such as previews: the provider comes back to a host that it knows, and
/// that one passes the response on. It needs no secret for this. A response is of use only to the browser that has the
/// transaction, at the host that started it.
namespace landfall {

/// The `state` as the provider gets it: with `redirectVia` it ends in a dot and the host that waits for the response.
/// No state of ours has a dot.
Text send_state(const Config& config, std::string_view state, std::string_view origin);

/// The state of a response, without the host that waits for it.
struct ReceivedState {
  std::string_view state;
  /// Another host waits for the response. It is one of `relayTo`.
  bool is_elsewhere = false;
};

/// Reads the state of a response. Where a host is expected and another one is there, no transaction has the result.
ReceivedState receive_state(const Config& config, std::string_view state, std::string_view origin);

/// Sends the browser on to the host that waits for the response, with the response as it came (RFC 9110 15.4.4; a form
/// stays one, 15.4.8). It redeems nothing and sets no cookie.
Respond& relay_response(const Config& config, const Request& request, std::string_view state);

}  // namespace landfall
