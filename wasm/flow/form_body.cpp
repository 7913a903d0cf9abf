#include "flow/form_body.hpp"

#include "base/limits.hpp"
#include "flow/error_page.hpp"
#include "web/url.hpp"

namespace landfall {

Step* missing_form(const Config& config, const Request& request, std::string_view& form) {
  form = parse_request_url(request.url).query;
  if (request.method != "POST") return nullptr;
  if (!is_media_type(request.content_type, "application/x-www-form-urlencoded"))
    return &respond_error(config, {ErrorCode::content_type, "content-type"});
  if (!request.has_body) return &place<ReadBody>();
  if (request.body.size() > kMaxFormBodyBytes) return &respond_error(config, ErrorCode::request_too_large);
  form = request.body;
  return nullptr;
}

}  // namespace landfall
