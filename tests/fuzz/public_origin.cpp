// The public origin: whatever the headers say, it is one that the policy names (or this machine), and asked again under
// that very origin it is the same.
#include "rules/public_origin.hpp"

#include <array>

#include "base/ascii.hpp"
#include "input.hpp"
#include "web/host.hpp"
#include "web/url.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr auto kTrusted = std::to_array<std::string_view>({"app.example", "*.preview.example", "dev.example:8443"});
  Memory memory;
  const MemoryScope scope(memory);
  fuzz::Input input(data, size);
  OriginPolicy policy;
  if (input.byte() % 4 != 0)
    for (const std::string_view host : kTrusted) policy.trusted_hosts.push_back(host);
  // One a line: url, host, x-forwarded-host, x-forwarded-proto, forwarded.
  std::array<std::string_view, 5> lines;
  std::string_view rest = input.rest();
  for (std::string_view& line : lines) {
    line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  Request request;
  request.url = lines[0];
  request.host = lines[1];
  request.x_forwarded_host = lines[2];
  request.x_forwarded_proto = lines[3];
  request.forwarded = lines[4];
  const auto origin = resolve_public_origin(policy, request);
  if (!origin) {
    const ErrorCode code = origin.error().code;
    CHECK(code == ErrorCode::origin_required || code == ErrorCode::host_untrusted);
    return 0;
  }
  const bool is_https = origin->starts_with("https://");
  if (!is_web_origin(*origin)) {
    // A page of an app on a device, as its own address says: no proxy and no list of hosts has a part in it.
    CHECK(policy.trusted_hosts.empty() && is_printable_ascii(*origin));
    CHECK(!equal_ignoring_case(parse_request_url(request.url).scheme, "http"));
    return 0;
  }
  const std::string_view authority = origin->substr(origin->find("//") + 2);
  const auto host = parse_host(authority);
  CHECK(static_cast<bool>(host));
  Text written;
  append_host(written, *host, is_https ? "https" : "http");
  CHECK(written == authority);

  // The allow list once more, by plain text.
  std::string_view label = authority;
  const bool is_preview = is_https && label.ends_with(".preview.example") &&
                          label.find('.') == label.size() - std::string_view(".preview.example").size();
  const bool is_listed = is_https && (authority == "app.example" || authority == "dev.example:8443" || is_preview);
  CHECK((is_listed && !policy.trusted_hosts.empty()) || is_loopback(*host));
  // Loopback only where the request itself came to it, never on a proxy's word.
  if (!is_listed && !policy.trusted_hosts.empty()) CHECK(request.x_forwarded_host.empty());

  Request again;
  again.url = *origin;
  again.host = authority;
  const auto second = resolve_public_origin(policy, again);
  CHECK(static_cast<bool>(second) && *second == *origin);

  policy.fixed = "https://fixed.example";
  CHECK(*resolve_public_origin(policy, request) == "https://fixed.example");
  return 0;
}
