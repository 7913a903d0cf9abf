// The requests of a journey: as a browser sends them, and as whatever is not quite one does.
#include "base/memory.hpp"
#include "journey_visit.hpp"
#include "web/form.hpp"

namespace landfall::fuzz {

Visit make_visit(Route route, std::size_t browser, std::size_t host, const std::string& path) {
  Visit visit{.route = route, .browser = browser, .host = host};
  visit.request.fields = {{RequestField::method, "GET"},
                          {RequestField::url, "https://" + std::string(kHosts[host]) + path}};
  visit.request.headers = {{RequestHeader::host, std::string(kHosts[host])}};
  return visit;
}

void twist_request(Visit& visit, Input& input) {
  auto& headers = visit.request.headers;
  switch (input.pick(6)) {
    case 0:
      visit.request.fields[RequestField::method] = "HEAD";
      visit.is_harmless = true;
      break;
    case 1:
      headers[RequestHeader::sec_purpose] = "prefetch;prerender";
      visit.is_harmless = true;
      break;
    case 2:
      headers[RequestHeader::sec_fetch_mode] = "no-cors";
      headers[RequestHeader::sec_fetch_dest] = "image";
      // A POST of the app's own page may be a script's.
      visit.is_harmless |= visit.route == Route::sign_in || visit.route == Route::callback;
      break;
    case 3:
      visit.request.fields[RequestField::method] = input.pick(2) == 0 ? "GET" : "POST";
      break;
    case 4:
      headers[RequestHeader::x_forwarded_host] = "evil.example";
      visit.is_harmless = true;
      break;
    default:
      headers[RequestHeader::host] = "evil.example";
      visit.is_harmless = true;
  }
}

std::string form_encoded(std::string_view text) {
  Memory memory;
  const MemoryScope scope(memory);
  Text out;
  append_form_encoded(out, text);
  return std::string(out.view());
}

}  // namespace landfall::fuzz
