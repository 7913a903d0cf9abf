#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "rules/supabase/project.hpp"

namespace landfall::supabase {

/// One of the project's cookies as the browser sent it.
struct ProjectCookie {
  /// What follows the base name: "", ".0", "-code-verifier", "-flow-<id>-code-verifier" …
  std::string_view suffix;
  /// As it stands in the header.
  std::string_view value;
};

/// Whether a suffix is a session's cookie: "", or "." and a decimal number without leading zeros: `.00` is somebody
/// else's.
bool is_session_suffix(std::string_view suffix);

/// The project's cookies in a Cookie header: all of a session, and at most kMaxOtherProjectCookies others; of several
/// with one name the first counts, as @supabase/ssr has it.
class ProjectCookies {
 public:
  ProjectCookies(std::string_view header, std::string_view cookie_name);

  /// The value of the cookie with this suffix; empty when there is none, or an empty one.
  [[nodiscard]] std::string_view value(std::string_view suffix) const;
  [[nodiscard]] bool has(std::string_view suffix) const;
  [[nodiscard]] const List<ProjectCookie>& all() const { return cookies_; }

 private:
  List<ProjectCookie> cookies_;
};

/// The text in a cookie's value (or in several joined): `%XX` decoded where there is any, then `base64-` or `base64l-`
/// and base64url, in which space, HTAB, CR, LF and `=` do not count; anything else stands for itself. Nothing for
/// base64url that is damaged or not UTF-8.
std::optional<Text> decode_cookie(std::string_view value);

/// A text as a cookie's value: `base64-` and base64url.
Text encode_cookie(std::string_view text);

/// Collects the project's Set-Cookie lines: all removals before all that is set. With a domain configured, a removal is
/// two lines, without the domain first, because some cookie stores keep the last line of a name alone. And what is set
/// takes the place of a cookie without a domain that the browser has: it would stand before the new one for ever.
class CookieWriter {
 public:
  CookieWriter(const Project& project, bool is_secure_origin) : project_(project), secure_(is_secure_origin) {}

  /// @param held the browser has a cookie of this name.
  void set(std::string_view suffix, std::string_view value, std::int64_t max_age_seconds, bool held);
  void remove(std::string_view suffix);

  /// All lines behind those that are there already.
  void append_to(List<std::string_view>& set_cookies) const;

 private:
  void write(List<std::string_view>& lines, std::string_view suffix, std::string_view value,
             std::int64_t max_age_seconds, std::string_view domain) const;

  const Project& project_;
  bool secure_;
  List<std::string_view> removals_;
  List<std::string_view> sets_;
};

}  // namespace landfall::supabase
