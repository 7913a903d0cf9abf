// The requests of a journey: as a browser sends them, and as whatever is not quite one does.
#include "journey_visit.hpp"

namespace landfall::fuzz {

Visit make_visit(Route route, std::size_t browser, std::size_t host, const std::string& path) {
  Visit visit{.route = route, .browser = browser, .host = host};
  visit.request.fields = {{RequestField::method, "GET"},
                          {RequestField::entropy, make_entropy()},
                          {RequestField::url, "https://" + std::string(kHosts[host]) + path}};
  visit.request.headers = {{RequestHeader::host, std::string(kHosts[host])}};
  return visit;
}

Visit make_start(const World& world, std::size_t browser, std::size_t host, const Provider& provider,
                 std::string_view next, bool is_alike) {
  Visit visit = make_visit(Route::sign_in, browser, host,
                           "/auth/sign-in?provider=" + std::string(provider.name) + "&next=" + form_encoded(next));
  visit.provider = &provider;
  // Different for each sign-in and use; now and then two states, and so their cookies' names, begin alike.
  const auto number = static_cast<char>(world.sign_ins.size() + 1);
  std::string& entropy = visit.request.fields[RequestField::entropy];
  entropy = std::string(8, is_alike ? 'c' : number) + std::string(23, number) + 's';
  for (const char use : {'v', 'n'}) entropy += std::string(16, use) + std::string(16, number);
  return visit;
}

void post_form(Visit& visit, const std::string& form) {
  visit.request.fields[RequestField::method] = "POST";
  visit.request.fields[RequestField::body] = form;
  visit.request.headers[RequestHeader::content_type] = "application/x-www-form-urlencoded";
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

}  // namespace landfall::fuzz
