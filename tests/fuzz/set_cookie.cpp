// Set-Cookie: what is written is what a browser reads (6265bis 5.6), all of it and nothing else; the rest is refused.
#include "web/set_cookie.hpp"

#include <map>
#include <string>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "input.hpp"

using namespace landfall;

namespace {

/// A Set-Cookie line as a browser takes it apart.
struct Read {
  std::string name;
  std::string value;
  /// In lower case.
  std::map<std::string, std::string> attributes;
  std::size_t count = 0;
};

Read read(std::string_view line) {
  Read cookie;
  const auto split = [](std::string_view text) {
    const std::size_t equals = std::min(text.find('='), text.size());
    return std::pair(std::string(trim(text.substr(0, equals))),
                     std::string(trim(text.substr(std::min(equals + 1, text.size())))));
  };
  std::tie(cookie.name, cookie.value) = split(line.substr(0, line.find(';')));
  while (line.find(';') != std::string_view::npos) {
    line.remove_prefix(line.find(';') + 1);
    auto [name, value] = split(line.substr(0, line.find(';')));
    for (char& c : name) c = to_lower(c);
    cookie.attributes[name] = value;
    ++cookie.count;
  }
  return cookie;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kSameSites[] = {"Lax", "Strict", "None"};
  fuzz::Input input(data, size);
  Memory memory;
  const MemoryScope scope(memory);
  const std::uint8_t flags = input.byte();
  SetCookie cookie{.max_age_seconds = std::int64_t{input.byte()} * input.byte() * 700 - (flags >= 0xF0 ? 1 : 0)};
  cookie.same_site = static_cast<SameSite>(flags % 4 % 3);
  cookie.secure = (flags & 4) != 0;
  cookie.http_only = (flags & 8) != 0;
  cookie.domain = input.text(32);
  if ((flags & 16) != 0) cookie.path = input.text(32);
  cookie.name = input.text(64);
  cookie.value = input.rest();
  const auto line = build_set_cookie(cookie);
  if (!line) {
    CHECK(line.error().code == ErrorCode::internal_error && line.error().parameter.starts_with("set-cookie."));
    return 0;
  }
  CHECK(is_printable_ascii(*line) && cookie.name.size() + cookie.value.size() <= kMaxCookieBytes);
  // cookie-octets (RFC 6265 4.1.1).
  CHECK(cookie.value.find_first_of(" \",;\\") == std::string_view::npos);
  const Read got = read(*line);
  auto attributes = got.attributes;
  const auto take = [&attributes](const std::string& name) {
    const bool is_there = attributes.count(name) == 1;
    const std::string value = is_there ? attributes[name] : "-";
    attributes.erase(name);
    return value;
  };
  CHECK(got.name == cookie.name && got.value == cookie.value && got.count == got.attributes.size());
  CHECK(take("path") == cookie.path);
  CHECK(take("domain") == (cookie.domain.empty() ? "-" : cookie.domain));
  CHECK(take("max-age") == std::to_string(cookie.max_age_seconds));
  CHECK(take("expires") == (cookie.max_age_seconds == 0 ? "Thu, 01 Jan 1970 00:00:00 GMT" : "-"));
  CHECK(cookie.max_age_seconds >= 0 && cookie.max_age_seconds <= kMaxCookieAgeSeconds);
  CHECK(take("secure") == (cookie.secure ? "" : "-") && take("httponly") == (cookie.http_only ? "" : "-"));
  CHECK(take("samesite") == kSameSites[static_cast<std::size_t>(cookie.same_site)]);
  CHECK(attributes.empty());
  CHECK(cookie.same_site != SameSite::none || cookie.secure);
  const bool is_host = equal_ignoring_case(cookie.name.substr(0, 7), "__Host-");
  CHECK(!is_host || (cookie.secure && cookie.domain.empty() && cookie.path == "/"));
  CHECK(!equal_ignoring_case(cookie.name.substr(0, 9), "__Secure-") || cookie.secure);
  return 0;
}
