#include "web/host.hpp"

#include "guarded_text.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

Result<Host> parse_exact(std::string_view text) { return parse_host(GuardedText(text)); }

void expect_host(const Json& c) {
  const Result<Host> host = parse_exact(bytes(c.at("host")));
  const Json& want = c.at("want");
  ASSERT_EQ(static_cast<bool>(host), !want.is_null());
  if (!host) {
    EXPECT_EQ(host.error().code, ErrorCode::host_untrusted);
    return;
  }
  EXPECT_EQ(host->name, want.at("name").get<std::string>());
  EXPECT_EQ(host->port, want.at("port").get<unsigned>());
  EXPECT_EQ(is_loopback(*host), want.at("loopback").get<bool>());

  Text text;
  append_host(text, *host, "");
  const Result<Host> again = parse_exact(text);
  ASSERT_TRUE(again) << text;
  EXPECT_EQ(again->name, host->name);
  EXPECT_EQ(again->port, host->port);
  EXPECT_TRUE(host_matches(*host, "", text));
  EXPECT_TRUE(is_host_pattern(text));
}

VECTOR_TEST(Host, host) {
  if (c.contains("want")) return expect_host(c);
  const auto pattern = c.at("pattern").get<std::string>();
  if (c.contains("valid")) {
    EXPECT_EQ(is_host_pattern(pattern), c.at("valid").get<bool>());
    return;
  }
  const Result<Host> host = parse_exact(bytes(c.at("host")));
  ASSERT_TRUE(host);
  EXPECT_TRUE(is_host_pattern(pattern));
  EXPECT_EQ(host_matches(*host, c.at("scheme").get<std::string>(), pattern), c.at("matches").get<bool>());
}

TEST(Host, APatternThatIsNoneMatchesNothing) {
  const Result<Host> host = parse_host("a.app.example");
  ASSERT_TRUE(host);
  for (const char* pattern :
       {"", "*", "*.", "*.*.example", "a.*.example", "*app.example", "*.app.example.", "**.app.example"}) {
    EXPECT_FALSE(host_matches(*host, "https", pattern)) << pattern;
  }
}

TEST(Host, OnlyAnotherPortIsWritten) {
  const auto written = [](const Host& host, std::string_view scheme) {
    Text out = "x";
    append_host(out, host, scheme);
    return out;
  };
  EXPECT_EQ(written({.name = "a", .port = 0}, "https"), "xa");
  EXPECT_EQ(written({.name = "a", .port = 443}, "https"), "xa");
  EXPECT_EQ(written({.name = "a", .port = 80}, "http"), "xa");
  EXPECT_EQ(written({.name = "a", .port = 80}, "https"), "xa:80");
  EXPECT_EQ(written({.name = "[::1]", .port = 65535}, "http"), "x[::1]:65535");
}

TEST(Host, EveryByteAlone) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    EXPECT_EQ(static_cast<bool>(parse_exact(std::string("a") + c + "b")),
              letter || digit || c == '-' || c == '.' || c == '_')
        << byte;
    EXPECT_EQ(static_cast<bool>(parse_exact(std::string("a:8") + c)), digit) << byte;
    EXPECT_EQ(static_cast<bool>(parse_exact(std::string("[1::") + c + "]")), digit || (letter && (c | 0x20) <= 'f'))
        << byte;
  }
}

}  // namespace
}  // namespace landfall
