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
  /// The rest of the name after the base name: "", ".0", "-code-verifier", "-flow-<id>-code-verifier" …
  std::string_view suffix;
  /// The value as in the header.
  std::string_view value;
};

/// Whether a suffix is that of a session's cookie: "", or "." and a decimal number without leading zeros. `.00` is not.
bool is_session_suffix(std::string_view suffix);

/// The project's cookies in a Cookie header: all of a session, and at most kMaxOtherProjectCookies others. If several
/// have the same name, the first counts, as in @supabase/ssr.
class ProjectCookies {
 public:
  ProjectCookies(std::string_view header, std::string_view cookie_name);

  /// The value of the cookie with this suffix; empty when the cookie is missing or empty.
  [[nodiscard]] std::string_view value(std::string_view suffix) const;
  [[nodiscard]] bool has(std::string_view suffix) const;
  [[nodiscard]] const List<ProjectCookie>& all() const { return cookies_; }

 private:
  List<ProjectCookie> cookies_;
};

/// Decodes a cookie's value (or several joined values): first any `%XX`, then `base64-` or `base64l-` and base64url,
/// which ignores space, HTAB, CR, LF and `=`. Any other value is the text itself. Returns nothing for base64url that is
/// damaged or not UTF-8.
std::optional<Text> decode_cookie(std::string_view value);

/// A text as a cookie's value: `base64-` and base64url, or percent-encoded as `encodeURIComponent` does it.
Text encode_cookie(std::string_view text, bool raw);

/// Collects the project's Set-Cookie lines: all removals come before all new values. With a configured domain, a
/// removal has two lines, first the one without the domain, because some cookie stores keep only the last line of a
/// name. A new value also removes the browser's cookie without a domain, because that cookie would always come before
/// the new one.
class CookieWriter {
 public:
  CookieWriter(const Project& project, bool is_secure_origin) : project_(project), secure_(is_secure_origin) {}

  /// A text as a value of this project's cookies.
  [[nodiscard]] Text make_value(std::string_view text) const { return encode_cookie(text, project_.raw_cookies); }
  /// @param held the browser already has a cookie of this name.
  void set(std::string_view suffix, std::string_view value, std::int64_t max_age_seconds, bool held);
  void remove(std::string_view suffix);

  /// Appends all lines after the existing ones.
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
