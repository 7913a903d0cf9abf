#include "flow/fetch.hpp"

namespace landfall {

Fetch& ask_json(std::string_view url, std::int64_t max_age_seconds, std::string_view accept) {
  auto& fetch = place<Fetch>();
  fetch.url = url;
  fetch.headers.push_back({"accept", accept});
  fetch.max_age_seconds = max_age_seconds;
  return fetch;
}

Fetch& ask_form(std::string_view url, const ClientRequest& request, bool wants_json) {
  auto& fetch = place<Fetch>();
  fetch.method = "POST";
  fetch.url = url;
  fetch.body = request.body;
  fetch.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
  if (wants_json) fetch.headers.push_back({"accept", kJson});
  if (!request.authorization.empty()) fetch.headers.push_back({"authorization", request.authorization});
  return fetch;
}

}  // namespace landfall
