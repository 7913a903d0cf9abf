#include "web/set_cookie.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace landfall {
namespace {

bool is_cookie_name(std::string_view text) {
  for (const char c : text) {
    if (!is_tchar(c)) return false;
  }
  return !text.empty();
}

bool is_cookie_value(std::string_view text) { return plain_prefix<' ', '"', ',', ';', '\\'>(text) == text.size(); }

bool is_attribute_value(std::string_view text) {
  // Browsers remove blanks at both ends (6265bis 5.6).
  return text.size() <= kMaxCookieAttributeBytes && plain_prefix<';'>(text) == text.size() &&
         trim(text).size() == text.size();
}

// Browsers match the prefixes case-insensitively.
bool has_prefix(std::string_view name, std::string_view prefix) {
  return equal_ignoring_case(name.substr(0, prefix.size()), prefix);
}

bool keeps_prefix_promise(const SetCookie& cookie) {
  if (has_prefix(cookie.name, "__Host-")) return cookie.secure && cookie.path == "/" && cookie.domain.empty();
  if (has_prefix(cookie.name, "__Secure-")) return cookie.secure;
  return true;
}

/// The invalid part, or nothing.
std::string_view find_unfit_part(const SetCookie& cookie) {
  if (!is_cookie_name(cookie.name) || !keeps_prefix_promise(cookie)) return "set-cookie.name";
  if (!is_cookie_value(cookie.value)) return "set-cookie.value";
  if (cookie.name.size() + cookie.value.size() > kMaxCookieBytes) return "set-cookie.size";
  if (!is_attribute_value(cookie.path) || !cookie.path.starts_with('/')) return "set-cookie.path";
  if (!is_attribute_value(cookie.domain)) return "set-cookie.domain";
  if (cookie.max_age_seconds < 0 || cookie.max_age_seconds > kMaxCookieAgeSeconds) return "set-cookie.max-age";
  if (cookie.same_site == SameSite::none && !cookie.secure) return "set-cookie.same-site";
  return {};
}

constexpr std::string_view name_of(SameSite same_site) {
  switch (same_site) {
    case SameSite::lax:
      return "Lax";
    case SameSite::strict:
      return "Strict";
    case SameSite::none:
      return "None";
  }
  return "Lax";
}

}  // namespace

Result<std::string_view> build_set_cookie(const SetCookie& cookie) {
  if (const std::string_view part = find_unfit_part(cookie); !part.empty())
    return Error{ErrorCode::internal_error, part};
  Text out;
  out.reserve(cookie.name.size() + cookie.value.size() + cookie.path.size() + cookie.domain.size() + 136);
  out += cookie.name;
  out += '=';
  out += cookie.value;
  out += "; Path=";
  out += cookie.path;
  if (!cookie.domain.empty()) {
    out += "; Domain=";
    out += cookie.domain;
  }
  out.append("; Max-Age=");
  append_decimal(out, cookie.max_age_seconds);
  // A deletion also has Expires, because some frameworks that copy a cookie treat a Max-Age of zero as absent.
  if (cookie.max_age_seconds == 0) out += "; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
  if (cookie.http_only) out.append("; HttpOnly");
  if (cookie.secure) out.append("; Secure");
  out += "; SameSite=";
  out += name_of(cookie.same_site);
  return out.view();
}

}  // namespace landfall
