#include "rules/supabase/cookies.hpp"

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "web/cookie.hpp"
#include "web/form.hpp"

namespace landfall::supabase {
namespace {

constexpr std::string_view kBase64 = "base64-";
/// Only @supabase/ssr 0.6.0 writes this: `base64l-<length in base 36>-`.
constexpr std::string_view kBase64WithLength = "base64l-";

constexpr std::string_view kVerifier = "-code-verifier";

bool is_padding(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '='; }

std::optional<Text> decode_base64(std::string_view text) {
  if (const auto bytes = parse_base64url(text)) return is_utf8(*bytes) ? bytes : std::nullopt;
  Text digits;
  digits.reserve(text.size());
  for (const char c : text)
    if (!is_padding(c)) digits += c;
  const auto bytes = parse_base64url(digits);
  return bytes && is_utf8(*bytes) ? bytes : std::nullopt;
}

}  // namespace

ProjectCookies::ProjectCookies(std::string_view header, std::string_view cookie_name) {
  CookieFields fields(header, cookie_name);
  Cookie cookie;
  std::size_t others = 0;
  while (fields.read(cookie)) {
    const std::string_view suffix = cookie.name.substr(cookie_name.size());
    // Unknown names and large numbers of verifiers must not push out a session.
    if (!suffix.ends_with(kVerifier) && !is_session_suffix(suffix)) continue;
    const bool is_other = suffix.size() > 1 + kMaxSessionChunkDigits;
    if (is_other && others == kMaxOtherProjectCookies) continue;
    bool is_new = true;
    for (const ProjectCookie& known : cookies_) is_new &= known.suffix != suffix;
    if (!is_new) continue;
    cookies_.push_back({.suffix = suffix, .value = cookie.value});
    others += is_other ? 1 : 0;
  }
}

bool is_session_suffix(std::string_view suffix) {
  if (suffix.empty()) return true;
  const std::string_view digits = suffix.substr(1);
  if (suffix.front() != '.' || digits.empty() || (digits.front() == '0' && digits.size() > 1)) return false;
  for (const char c : digits)
    if (!is_digit(c)) return false;
  return true;
}

std::string_view ProjectCookies::value(std::string_view suffix) const {
  for (const ProjectCookie& cookie : cookies_)
    if (cookie.suffix == suffix) return cookie.value;
  return {};
}

bool ProjectCookies::has(std::string_view suffix) const {
  for (const ProjectCookie& cookie : cookies_)
    if (cookie.suffix == suffix) return true;
  return false;
}

std::optional<Text> decode_cookie(std::string_view value) {
  const bool is_plain = value.find('%') == std::string_view::npos;
  const std::string_view text = is_plain ? value : percent_decode(value).view();
  std::string_view rest = text;
  if (rest.starts_with(kBase64)) return decode_base64(rest.substr(kBase64.size()));
  if (!rest.starts_with(kBase64WithLength)) return text;
  rest.remove_prefix(kBase64WithLength.size());
  // What is no number is longer than any text.
  const auto length = static_cast<std::uint64_t>(parse_base36(take_until(rest, '-')).value_or(-1));
  if (length > rest.size()) return std::nullopt;
  return decode_base64(rest.substr(0, static_cast<std::size_t>(length)));
}

Text encode_cookie(std::string_view text, bool raw) {
  Text value;
  while (raw) {
    const Parts parts = part(text, " ");
    append_form_encoded(value, parts.before);
    if (!parts.is_found) return value;
    value += "%20";
    text = parts.behind;
  }
  value.reserve(kBase64.size() + text.size() / 3 * 4 + 4);
  value += kBase64;
  append_base64url(value, text);
  return value;
}

void CookieWriter::write(List<std::string_view>& lines, std::string_view suffix, std::string_view value,
                         std::int64_t max_age_seconds, std::string_view domain) const {
  const bool secure = secure_ && project_.secure;
  const bool needs_secure = project_.same_site == SameSite::none;
  const auto line = build_set_cookie({.name = concat(project_.cookie_name, suffix),
                                      .value = value,
                                      .max_age_seconds = max_age_seconds,
                                      .same_site = needs_secure && !secure ? SameSite::lax : project_.same_site,
                                      .secure = secure,
                                      .http_only = project_.http_only,
                                      .path = project_.cookie_path,
                                      .domain = domain});
  // This fails only for a name that the browser invented. Landfall does not have to remove such a cookie.
  if (line) lines.push_back(*line);
}

void CookieWriter::set(std::string_view suffix, std::string_view value, std::int64_t max_age_seconds, bool held) {
  if (held && !project_.cookie_domain.empty()) write(removals_, suffix, {}, 0, {});
  write(sets_, suffix, value, max_age_seconds, project_.cookie_domain);
}

void CookieWriter::remove(std::string_view suffix) {
  write(removals_, suffix, {}, 0, {});
  if (!project_.cookie_domain.empty()) write(removals_, suffix, {}, 0, project_.cookie_domain);
}

void CookieWriter::append_to(List<std::string_view>& set_cookies) const {
  for (const std::string_view line : removals_) set_cookies.push_back(line);
  for (const std::string_view line : sets_) set_cookies.push_back(line);
}

}  // namespace landfall::supabase
