#include "web/url.hpp"

#include "guarded_text.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

void expect_request(const Json& c) {
  const GuardedText text(bytes(c.at("request")));
  const RequestTarget target = parse_request_url(text);
  EXPECT_EQ(target.scheme, bytes(c.at("scheme")));
  EXPECT_EQ(target.authority, bytes(c.at("authority")));
  EXPECT_EQ(target.path, bytes(c.at("path")));
  EXPECT_EQ(target.query, bytes(c.at("query")));
}

VECTOR_TEST(Url, url) {
  if (c.contains("request")) return expect_request(c);
  const GuardedText text(bytes(c.at("url")));
  const Result<Url> url = parse_url(text);
  const Json& want = c.at("want");
  ASSERT_EQ(static_cast<bool>(url), !want.is_null());
  if (!url) {
    EXPECT_EQ(url.error().code, ErrorCode::config_invalid);
    EXPECT_EQ(url.error().parameter, "url");
    return;
  }
  EXPECT_EQ(url->origin, want.at("origin").get<std::string>());
  EXPECT_TRUE(url->origin.starts_with(concat(url->scheme, "://", url->host.name)));
  EXPECT_EQ(url->path(), bytes(want.at("path")));
  EXPECT_EQ(url->path_size, url->path().size());
  EXPECT_EQ(url->has_query, !want.at("query").is_null());
  const std::string query = url->has_query ? bytes(want.at("query")) : "";
  EXPECT_EQ(url->query(), query);
  EXPECT_EQ(url->target, bytes(want.at("path")) + (url->has_query ? "?" + query : ""));
  EXPECT_EQ(url->has_fragment, want.at("fragment").get<bool>());
  EXPECT_EQ(is_secure_url(*url), want.at("secure").get<bool>());

  const Result<Url> again = parse_url(concat(url->origin, url->target));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->origin, url->origin);
  EXPECT_EQ(again->target, url->target);
}

TEST(Url, EveryPrefixIsReadWithoutHarm) {
  const std::string text = "https://[2001:db8::1]:8443/a/%2F?b=%20&c#d";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const GuardedText view(std::string_view(text).substr(0, size));
    if (const Result<Url> url = parse_url(view)) {
      EXPECT_EQ(url->scheme, "https");
      EXPECT_EQ(url->origin, url->host.port == 0 ? "https://[2001:db8::1]"
                                                 : "https://[2001:db8::1]:" + std::to_string(url->host.port));
    }
    EXPECT_FALSE(parse_request_url(view).path.empty());
  }
}

TEST(Url, WhatIsNoUrlIsNotOnThisMachine) {
  Memory memory;
  const MemoryScope scope(memory);
  EXPECT_TRUE(is_loopback_url("http://localhost:3000/a"));
  for (const char* text : {"", "localhost", "http://", "https://app.example", "ftp://localhost", "http://localhost/ "})
    EXPECT_FALSE(is_loopback_url(text)) << text;
}

TEST(Url, AnEmptyUrlObjectHasNoQuery) {
  const Url url;
  EXPECT_TRUE(url.query().empty());
  EXPECT_TRUE(url.path().empty());
}

}  // namespace
}  // namespace landfall
