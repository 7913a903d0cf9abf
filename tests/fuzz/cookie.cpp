// Cookies both ways: what is read has our prefix, and what is written is read back as it was and as nothing else.
#include "web/cookie.hpp"

#include "base/text.hpp"
#include "input.hpp"
#include "web/set_cookie.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  Cookie cookie;
  for (CookieFields cookies(header, "landfall-"); cookies.read(cookie);) {
    CHECK(cookie.name.starts_with("landfall-") && cookie.value.find(';') == std::string_view::npos);
    // Nothing but the beginning or a `;` stands before a cookie: what a value spells is none.
    const std::string_view before = header.substr(0, static_cast<std::size_t>(cookie.name.data() - header.data()));
    const std::size_t last = before.find_last_not_of(" \t");
    CHECK(last == std::string_view::npos || before[last] == ';');
  }

  const std::size_t split = size / 4;
  const Text name = concat("landfall-", header.substr(0, split));
  const auto line = build_set_cookie({.name = name,
                                      .value = header.substr(split),
                                      .max_age_seconds = 60,
                                      .same_site = SameSite::lax,
                                      .secure = size % 2 == 0,
                                      .http_only = true});
  if (!line) return 0;
  CHECK(line->find_first_of("\r\n") == std::string_view::npos);
  CookieFields written(line->substr(0, line->find(';')), "landfall-");
  CHECK(written.read(cookie) && cookie.name == name.view() && cookie.value == header.substr(split));
  CHECK(!written.read(cookie));
  return 0;
}
