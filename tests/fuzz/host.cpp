// Hosts: an accepted one is accepted again as the same, and only a listed one is trusted.
#include "web/host.hpp"

#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"
#include "web/url.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto url = parse_url(text);
  if (url && !url->origin.starts_with("http")) std::abort();
  const RequestTarget target = parse_request_url(text);
  if (target.path.size() + target.query.size() > size + 1) std::abort();

  const auto host = parse_host(text);
  if (!host) return 0;
  Text written;
  append_host(written, *host, "");
  const auto again = parse_host(written);
  if (!again || again->name != host->name || again->port != host->port) std::abort();
  if (host_matches(*host, "https", "app.example") && written != "app.example" && written != "app.example:443")
    std::abort();
  if (host_matches(*host, "https", "*.preview.example") && !host->name.ends_with(".preview.example")) std::abort();
  return 0;
}
