// Hosts: an accepted one is accepted again as the same, and only a listed one is trusted.
#include "web/host.hpp"

#include "base/text.hpp"
#include "input.hpp"
#include "web/url.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto url = parse_url(text);
  CHECK(!url || url->origin.starts_with("http"));
  const RequestTarget target = parse_request_url(text);
  CHECK(target.path.size() + target.query.size() <= size + 1);

  const auto host = parse_host(text);
  if (!host) return 0;
  Text written;
  append_host(written, *host, "");
  const auto again = parse_host(written);
  CHECK(again && again->name == host->name && again->port == host->port);
  CHECK(!host_matches(*host, "https", "app.example") || written == "app.example" || written == "app.example:443");
  CHECK(!host_matches(*host, "https", "*.preview.example") || host->name.ends_with(".preview.example"));
  return 0;
}
