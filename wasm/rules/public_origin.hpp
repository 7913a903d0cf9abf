#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "rules/request.hpp"

namespace landfall {

/// How the app's public origin is known.
struct OriginPolicy {
  /// The configured origin; empty when there is none.
  std::string_view fixed;
  /// Hosts that the request may name: exact `host[:port]`, or `*.rest` for exactly one label more.
  List<std::string_view> trusted_hosts;
};

/// The origin under which the browser sees the app (RFC 9700 4.13). A configured one wins and headers count for
/// nothing. Else the host comes from X-Forwarded-Host, from Forwarded (one well-formed element only), from Host,
/// from the URL, the first of these that is there, and has to be a trusted one: never a list, never anything but a
/// plain host. Without any configuration only loopback hosts will do. Plain http is for loopback alone. Proof:
/// tests/vectors/public_origin.json. Errors: origin_required, host_untrusted with the header at fault.
Result<std::string_view> resolve_public_origin(const OriginPolicy& policy, const Request& request);

/// Whether cookies for this origin can be Secure and carry the `__Host-` name: it is https.
constexpr bool is_secure_origin(std::string_view origin) { return origin.starts_with("https://"); }

/// Whether the app runs on this machine, for the person who develops it: its origin is loopback; where none is
/// configured, the request came to loopback, and no forwarded header names another host.
bool is_on_this_machine(const OriginPolicy& policy, const Request& request);

/// The host by which this browser, or the proxy before the app, addressed the app: the Host header or the URL's
/// authority.
std::string_view request_host(const Request& request);

}  // namespace landfall
