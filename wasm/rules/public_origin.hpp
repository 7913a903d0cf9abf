#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "rules/request.hpp"

namespace landfall {

/// How Landfall finds the app's public origin.
struct OriginPolicy {
  /// The configured origin; empty when there is none.
  std::string_view fixed;
  /// Hosts that the request may name: exact `host[:port]`, or `*.rest` for exactly one label more.
  List<std::string_view> trusted_hosts;
};

/// The origin under which the browser sees the app (RFC 9700 4.13). If an origin is configured, headers are ignored.
/// Otherwise the host comes from the first that is present of X-Forwarded-Host, Forwarded (only one well-formed
/// element), Host, and the URL. It must be a trusted host, and a plain one: never a list. Without any configuration,
/// only loopback hosts are accepted. Plain http is accepted only for loopback. Without any
/// configuration, a page of an app on a device (`tauri:`, `capacitor:`) has an origin of that scheme, which never
/// becomes http. Proof: tests/vectors/public_origin.json.
/// Errors: origin_required, host_untrusted with the invalid header.
Result<std::string_view> resolve_public_origin(const OriginPolicy& policy, const Request& request);

/// Whether cookies for this origin can be Secure and carry the `__Host-` name: it is https.
constexpr bool is_secure_origin(std::string_view origin) { return origin.starts_with("https://"); }

/// Whether a provider can come back to an origin by itself: it is http or https.
constexpr bool is_web_origin(std::string_view origin) {
  return origin.starts_with("https://") || origin.starts_with("http://");
}

/// Whether the app runs on its developer's machine. The configured origin is loopback, or, without one, the request
/// came to loopback and no forwarded header names another host.
bool is_on_this_machine(const OriginPolicy& policy, const Request& request);

/// The host name that the browser, or the proxy in front of the app, used for the app: the Host header or the URL's
/// authority.
std::string_view request_host(const Request& request);

}  // namespace landfall
