#include "rules/request.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace landfall {

bool is_speculative(const Request& request) {
  return request.method == "HEAD" || request.sec_purpose.find("prefetch") != std::string_view::npos ||
         request.sec_purpose.find("prerender") != std::string_view::npos || request.purpose == "prefetch" ||
         !request.next_router_prefetch.empty();
}

ErrorCode check_navigation(const Request& request) {
  const std::string_view mode = request.sec_fetch_mode;
  const std::string_view dest = request.sec_fetch_dest;
  // A navigation that the app's service worker passes on has no destination: Firefox sends it as the app's own request.
  const bool is_page = (mode.empty() || mode == "navigate") && (dest.empty() || dest == "document" || dest == "empty");
  const bool is_worker = mode == "same-origin" && dest == "empty" && request.sec_fetch_site == "same-origin";
  return is_page || is_worker ? ErrorCode::ok : ErrorCode::fetch_metadata;
}

bool is_page_visit(const Request& request) {
  const std::string_view mode = request.sec_fetch_mode;
  if (mode == "navigate") return true;
  return mode != "cors" && mode != "no-cors" && request.accept.find("text/html") != std::string_view::npos;
}

bool is_same_origin(const Request& request) { return request.sec_fetch_site == "same-origin"; }

bool is_passed_on(const Request& request) { return request.sec_fetch_dest == "empty"; }

ErrorCode check_same_origin(const Request& request, std::string_view public_origin) {
  if (request.sec_fetch_mode != "cors" && is_passed_on(request)) {
    const std::string_view rest = request.referer.substr(std::min(public_origin.size(), request.referer.size()));
    if (!request.referer.starts_with(public_origin) || !rest.starts_with('/')) return ErrorCode::csrf;
  }
  if (!request.sec_fetch_site.empty()) {
    const bool own = request.sec_fetch_site == "same-origin" || request.sec_fetch_site == "none";
    return own ? ErrorCode::ok : ErrorCode::csrf;
  }
  return request.origin.empty() || request.origin == public_origin ? ErrorCode::ok : ErrorCode::csrf;
}

bool is_media_type(std::string_view content_type, std::string_view media_type) {
  const std::string_view essence = trim(content_type.substr(0, content_type.find(';')));
  return equal_ignoring_case(essence, media_type);
}

}  // namespace landfall
