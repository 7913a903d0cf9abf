#include "flow/fetch.hpp"

#include "base/ascii.hpp"

namespace landfall {

Fetch& ask_json(std::string_view url, std::int64_t max_age_seconds, std::string_view accept) {
  auto& fetch = place<Fetch>();
  fetch.url = url;
  fetch.headers.push_back({"accept", accept});
  fetch.max_age_seconds = max_age_seconds;
  return fetch;
}

Fetch& ask_client(std::string_view url, const ClientRequest& request, bool wants_json) {
  auto& fetch = place<Fetch>();
  fetch.method = "POST";
  fetch.url = url;
  fetch.body = request.body;
  fetch.headers.push_back({"content-type", request.content_type});
  if (wants_json) fetch.headers.push_back({"accept", kJson});
  if (!request.authorization.empty()) fetch.headers.push_back({"authorization", request.authorization});
  return fetch;
}

void add_headers(Fetch& fetch, std::string_view headers) {
  while (!headers.empty()) {
    std::string_view value = take_until(headers, '|');
    const std::string_view name = take_until(value, ':');
    fetch.headers.push_back({name, trim(value)});
  }
}

}  // namespace landfall
