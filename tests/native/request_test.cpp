#include "rules/request.hpp"

#include "rules/fetch_result.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes_or_empty;
using vectors::name_of;

VECTOR_TEST(Request, request) {
  const std::string content_type = bytes_or_empty(c, "content_type");
  if (c.contains("may_be_json")) {
    EXPECT_EQ(may_be_json(content_type), c.at("may_be_json").get<bool>());
    return;
  }
  if (c.contains("media_type")) {
    EXPECT_EQ(is_media_type(content_type, c.at("media_type").get<std::string>()), c.at("matches").get<bool>());
    return;
  }
  const vectors::Json& headers = c.at("headers");
  const auto method = c.at("method").get<std::string>();
  const std::string origin = bytes_or_empty(headers, "origin");
  const std::string referer = bytes_or_empty(headers, "referer");
  const std::string sec_fetch_site = bytes_or_empty(headers, "sec-fetch-site");
  const std::string sec_fetch_mode = bytes_or_empty(headers, "sec-fetch-mode");
  const std::string sec_fetch_dest = bytes_or_empty(headers, "sec-fetch-dest");
  const std::string sec_purpose = bytes_or_empty(headers, "sec-purpose");
  const std::string purpose = bytes_or_empty(headers, "purpose");
  const std::string next_router_prefetch = bytes_or_empty(headers, "next-router-prefetch");
  Request request;
  request.method = method;
  request.origin = origin;
  request.referer = referer;
  request.sec_fetch_site = sec_fetch_site;
  request.sec_fetch_mode = sec_fetch_mode;
  request.sec_fetch_dest = sec_fetch_dest;
  request.sec_purpose = sec_purpose;
  request.purpose = purpose;
  request.next_router_prefetch = next_router_prefetch;
  EXPECT_EQ(is_speculative(request), c.at("speculative").get<bool>());
  EXPECT_EQ(name_of(check_navigation(request)), c.at("navigation").get<std::string>());
  EXPECT_EQ(name_of(check_same_origin(request, "https://app.example")), c.at("same_origin").get<std::string>());
}

}  // namespace
}  // namespace landfall
