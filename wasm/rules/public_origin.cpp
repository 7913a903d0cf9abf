#include "rules/public_origin.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "web/forwarded.hpp"
#include "web/host.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

bool is_trusted(const OriginPolicy& policy, const Host& host, std::string_view scheme) {
  for (const std::string_view pattern : policy.trusted_hosts)
    if (host_matches(host, scheme, pattern)) return true;
  return false;
}

/// The scheme that the browser used, from a list that proxies in a row wrote: the first one counts. Empty unless every
/// item is http or https.
std::string_view first_scheme(std::string_view list) {
  std::string_view first;
  for (std::string_view rest = list; !rest.empty();) {
    const std::size_t size = std::min(rest.find(','), rest.size());
    const std::string_view scheme = trim(rest.substr(0, size));
    if (!equal_ignoring_case(scheme, "https") && !equal_ignoring_case(scheme, "http")) return {};
    if (first.empty()) first = scheme;
    if (size + 1 == rest.size()) return {};
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  return first;
}

}  // namespace

std::string_view request_host(const Request& request) {
  return request.host.empty() ? parse_request_url(request.url).authority : request.host;
}

bool is_on_this_machine(const OriginPolicy& policy, const Request& request) {
  if (!policy.fixed.empty()) return is_loopback_url(policy.fixed);
  // Frameworks repeat the host in X-Forwarded-Host. Every host that is present must be this machine.
  const auto is_local = [](std::string_view text) {
    const Result<Host> host = parse_host(text);
    return host && is_loopback(*host);
  };
  return is_local(request_host(request)) && (request.x_forwarded_host.empty() || is_local(request.x_forwarded_host)) &&
         (request.forwarded.empty() || is_local(parse_forwarded(request.forwarded).host));
}

Result<std::string_view> resolve_public_origin(const OriginPolicy& policy, const Request& request) {
  if (!policy.fixed.empty()) return policy.fixed;

  const bool has_trust = !policy.trusted_hosts.empty();
  const Forwarded forwarded = parse_forwarded(request.forwarded);
  std::string_view text = request_host(request);
  std::string_view scheme = parse_request_url(request.url).scheme;
  std::string_view header = "host";
  if (has_trust && !request.x_forwarded_host.empty()) {
    text = request.x_forwarded_host;
    header = "x-forwarded-host";
  } else if (has_trust && !forwarded.host.empty()) {
    text = forwarded.host;
    header = "forwarded";
  }
  const bool is_x_forwarded = !request.x_forwarded_proto.empty();
  const std::string_view proto = is_x_forwarded ? request.x_forwarded_proto : forwarded.proto;
  if (has_trust && !proto.empty()) {
    scheme = first_scheme(proto);
    if (scheme.empty()) return Error{ErrorCode::host_untrusted, is_x_forwarded ? "x-forwarded-proto" : "forwarded"};
  }

  const bool is_http = scheme.empty() || equal_ignoring_case(scheme, "http");
  const bool is_https = equal_ignoring_case(scheme, "https");
  const bool is_device = !has_trust && !is_http && !is_https;
  if (is_device && is_printable_ascii(scheme) && is_printable_ascii(text))
    return concat(lower(scheme), "://", text).view();
  scheme = is_https ? "https" : "http";
  if (text.empty()) return Error{ErrorCode::origin_required, "origin"};
  const Result<Host> host = parse_host(text);
  if (!host) return Error{ErrorCode::host_untrusted, header};
  // Loopback needs no configuration, unless the host comes from a forwarding header.
  const bool is_local = is_loopback(*host) && header == "host";
  if (!is_local && !has_trust) return Error{ErrorCode::origin_required, "origin"};
  if (!is_local && !is_trusted(policy, *host, scheme)) return Error{ErrorCode::host_untrusted, header};
  if (scheme != "https" && !is_loopback(*host)) return Error{ErrorCode::host_untrusted, "x-forwarded-proto"};
  Text origin = concat(scheme, "://");
  append_host(origin, *host, scheme);
  return origin.view();
}

}  // namespace landfall
