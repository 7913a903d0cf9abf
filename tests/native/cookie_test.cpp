#include "web/cookie.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "guarded_text.hpp"
#include "vectors.hpp"
#include "web/set_cookie.hpp"

namespace landfall {
namespace {

using vectors::bytes;

VECTOR_TEST(Cookie, cookie) {
  const GuardedText header(bytes(c.at("header")));
  const std::string name_prefix = bytes(c.at("name_prefix"));
  CookieFields cookies(header, name_prefix);
  Cookie cookie;
  for (const vectors::Json& wanted : c.at("cookies")) {
    ASSERT_TRUE(cookies.read(cookie)) << "a cookie is missing";
    EXPECT_EQ(cookie.name, bytes(wanted.at("name")));
    EXPECT_EQ(cookie.value, bytes(wanted.at("value")));
  }
  EXPECT_FALSE(cookies.read(cookie)) << "a cookie too many";
  EXPECT_FALSE(cookies.read(cookie)) << "the end stays the end";
}

TEST(Cookie, ReadsNothingBehindTheView) {
  const std::string text = "landfall-a=1";
  Cookie cookie;
  for (std::size_t n = 0; n <= text.size(); ++n) {
    const GuardedText guarded(std::string_view(text).substr(0, n));
    const std::string_view exact = guarded;
    CookieFields cookies(exact, "landfall-");
    const bool complete = n > text.find('=');
    ASSERT_EQ(cookies.read(cookie), complete) << n;
    if (complete) EXPECT_EQ(cookie.value, exact.substr(text.find('=') + 1));
  }
}

// Quadratic work on any of these would take hours.
TEST(Cookie, HostileTextTakesLinearTime) {
  constexpr std::size_t kBytes = 4u << 20;
  for (const std::string_view unit :
       {";", ",", ", ", " ", "=", "a", "landfall-", "landfall-=", "landfall-;", "landfall-a= ;", "\t;,"}) {
    std::string text;
    while (text.size() < kBytes) text += unit;
    text += "; landfall-last=1";
    CookieFields cookies(text, "landfall-");
    Cookie cookie;
    std::size_t read = 0;
    while (cookies.read(cookie)) ++read;
    EXPECT_GE(read, 1u) << unit;
    EXPECT_EQ(cookie.name, "landfall-last") << unit;
    EXPECT_EQ(cookie.value, "1") << unit;
  }
}

SameSite same_site_of(const std::string& name) {
  if (name == "lax") return SameSite::lax;
  if (name == "strict") return SameSite::strict;
  if (name == "none") return SameSite::none;
  throw std::runtime_error("no such same_site: " + name);
}

VECTOR_TEST(SetCookie, set_cookie) {
  const vectors::Json& in = c.at("cookie");
  const GuardedText guarded_name(bytes(in.at("name")));
  const GuardedText guarded_value(bytes(in.at("value")));
  const GuardedText path(bytes(in.at("path")));
  const GuardedText domain(bytes(in.at("domain")));
  const std::string_view name = guarded_name;
  const std::string_view value = guarded_value;
  const auto set_cookie = build_set_cookie({.name = name,
                                            .value = value,
                                            .max_age_seconds = in.at("max_age_seconds").get<std::int64_t>(),
                                            .same_site = same_site_of(in.at("same_site").get<std::string>()),
                                            .secure = in.at("secure").get<bool>(),
                                            .http_only = in.at("http_only").get<bool>(),
                                            .path = path,
                                            .domain = domain});
  if (c.contains("refused")) {
    ASSERT_FALSE(set_cookie);
    EXPECT_EQ(set_cookie.error().code, ErrorCode::internal_error);
    EXPECT_EQ(set_cookie.error().parameter, c.at("refused").get<std::string>());
    return;
  }
  ASSERT_TRUE(set_cookie) << set_cookie.error().parameter;
  EXPECT_EQ(*set_cookie, bytes(c.at("set_cookie")));
  EXPECT_TRUE(is_printable_ascii(*set_cookie));
  CookieFields cookies(*set_cookie, name);
  Cookie cookie;
  ASSERT_TRUE(cookies.read(cookie));
  EXPECT_EQ(cookie.name, name);
  EXPECT_EQ(cookie.value, value);
}

TEST(SetCookie, TheDefaultsAreTheWholeHostAndNoDomain) {
  const auto set_cookie = build_set_cookie({.name = "landfall-a",
                                            .value = "1",
                                            .max_age_seconds = 0,
                                            .same_site = SameSite::lax,
                                            .secure = false,
                                            .http_only = false});
  ASSERT_TRUE(set_cookie);
  EXPECT_EQ(*set_cookie, "landfall-a=1; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax");
}

// Whatever bytes come in: the answer is a refusal, or one header line whose name and value are exactly those given.
TEST(SetCookie, NoByteEscapesFromItsPlace) {
  for (int i = 0; i < 256; ++i) {
    const char byte = static_cast<char>(i);
    const std::string odd{'/', byte, 'x'};
    for (int place = 0; place < 4; ++place) {
      const auto set_cookie = build_set_cookie({.name = place == 0 ? std::string_view(odd).substr(1) : "n",
                                                .value = place == 1 ? std::string_view(odd) : "v",
                                                .max_age_seconds = 1,
                                                .same_site = SameSite::lax,
                                                .secure = true,
                                                .http_only = true,
                                                .path = place == 2 ? std::string_view(odd) : "/",
                                                .domain = place == 3 ? std::string_view(odd) : "a.example"});
      if (!set_cookie) continue;
      EXPECT_TRUE(is_printable_ascii(*set_cookie)) << i;
      EXPECT_EQ(std::count(set_cookie->begin(), set_cookie->end(), ';'), 6) << i << " " << place;
      EXPECT_EQ(set_cookie->find('='), 1u + (place == 0 ? 1 : 0)) << i << " " << place;
    }
  }
}

}  // namespace
}  // namespace landfall
