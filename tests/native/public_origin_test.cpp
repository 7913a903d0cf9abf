#include "rules/public_origin.hpp"

#include "guarded_text.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::name_of;

VECTOR_TEST(PublicOrigin, public_origin) {
  OriginPolicy policy;
  const std::string fixed = bytes_or_empty(c, "origin");
  policy.fixed = fixed;
  std::vector<std::string> trusted;
  if (c.contains("trustedHosts")) trusted = c.at("trustedHosts").get<std::vector<std::string>>();
  for (const std::string& host : trusted) policy.trusted_hosts.push_back(host);

  const std::string url = bytes(c.at("url"));
  const vectors::Json& headers = c.at("headers");
  const std::string host = bytes_or_empty(headers, "host");
  const std::string x_forwarded_host = bytes_or_empty(headers, "x-forwarded-host");
  const std::string x_forwarded_proto = bytes_or_empty(headers, "x-forwarded-proto");
  const GuardedText forwarded(bytes_or_empty(headers, "forwarded"));
  const std::string origin_header = bytes_or_empty(headers, "origin");
  Request request;
  request.method = "GET";
  request.url = url;
  request.host = host;
  request.x_forwarded_host = x_forwarded_host;
  request.x_forwarded_proto = x_forwarded_proto;
  request.forwarded = forwarded;
  request.origin = origin_header;

  const auto origin = resolve_public_origin(policy, request);
  if (c.contains("error")) {
    ASSERT_FALSE(origin) << *origin;
    EXPECT_EQ(name_of(origin.error().code), c.at("error").get<std::string>());
    EXPECT_EQ(origin.error().parameter, c.at("parameter").get<std::string>());
    return;
  }
  ASSERT_TRUE(origin) << name_of(origin.error().code) << " " << origin.error().parameter;
  EXPECT_EQ(*origin, c.at("want").get<std::string>());
  EXPECT_EQ(is_secure_origin(*origin), std::string_view(*origin).starts_with("https:"));
}

// Its error page tells its developer more.
TEST(PublicOrigin, EveryHostThatIsNamedIsThisMachine) {
  const auto is_here = [](std::string_view host, std::string_view x_forwarded_host = {},
                          std::string_view forwarded = {}, std::string_view fixed = {}) {
    OriginPolicy policy;
    policy.fixed = fixed;
    Request request;
    request.url = "/";
    request.host = host;
    request.x_forwarded_host = x_forwarded_host;
    request.forwarded = forwarded;
    return is_on_this_machine(policy, request);
  };
  EXPECT_TRUE(is_here("localhost:3000"));
  EXPECT_TRUE(is_here("localhost:3000", "127.0.0.1:3000", "host=localhost"));
  EXPECT_FALSE(is_here("app.example"));
  EXPECT_FALSE(is_here("app.example", "localhost"));
  EXPECT_FALSE(is_here("localhost:3000", "app.example"));
  EXPECT_FALSE(is_here("localhost:3000", {}, "host=app.example"));
  EXPECT_FALSE(is_here("localhost:3000", {}, "proto=https")) << "it names no host";
  EXPECT_TRUE(is_here("app.example", {}, {}, "http://localhost:3000"));
  EXPECT_FALSE(is_here("localhost", {}, {}, "https://app.example"));
}

}  // namespace
}  // namespace landfall
