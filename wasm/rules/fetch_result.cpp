#include "rules/fetch_result.hpp"

#include "base/ascii.hpp"
#include "json/json.hpp"
#include "rules/request.hpp"

namespace landfall {

ErrorCode failure_code(const FetchResult& result, ErrorCode otherwise) {
  return result.failure == FetchFailure::tls ? ErrorCode::certificate_untrusted : otherwise;
}

bool is_refusal(const FetchResult& result) {
  return result.failure == FetchFailure::none && result.status >= 400 && result.status < 500 && result.status != 408 &&
         result.status != 429;
}

bool may_be_json(std::string_view content_type) {
  if (trim(content_type).empty() || is_media_type(content_type, "application/json")) return true;
  const std::string_view essence = trim(content_type.substr(0, content_type.find(';')));
  return essence.size() > 5 && essence.find(',') == std::string_view::npos &&
         equal_ignoring_case(essence.substr(essence.size() - 5), "+json");
}

const Document* parse_json_object(const FetchResult& result, std::span<const std::string_view> wanted,
                                  std::size_t max_depth) {
  if (result.status != 200 || !may_be_json(result.content_type)) return nullptr;
  const Document* json = parse_json(result.body, wanted, max_depth);
  return json != nullptr && json->root.kind == Kind::object ? json : nullptr;
}

}  // namespace landfall
