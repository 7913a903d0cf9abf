#include "rules/supabase/session_cookies.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "web/cookie.hpp"

namespace landfall::supabase {
namespace {

Text chunk_suffix(std::size_t index) {
  Text suffix = ".";
  append_decimal(suffix, static_cast<std::int64_t>(index));
  return suffix;
}

/// @param suffix of a session's cookie, not empty. A number beyond every chunk's is the largest.
std::uint64_t chunk_index(std::string_view suffix) {
  return static_cast<std::uint64_t>(parse_decimal(suffix.substr(1)).value_or(-1));
}

/// Cuts a value into those of several cookies. A framework decodes each by itself, so a cut is never inside of a
/// character that is percent-encoded.
List<std::string_view> split_value(std::string_view value) {
  List<std::string_view> chunks;
  while (value.size() > kSessionChunkBytes) {
    std::size_t end = kSessionChunkBytes;
    const auto is_inside = [&] {
      const bool is_byte = value[end - 1] == '%' || value[end - 2] == '%';
      // The second byte of a character, or a later one, is 80 to BF (RFC 3629 3).
      return is_byte || (value[end] == '%' && value[end + 1] >= '8' && value[end + 1] <= 'B');
    };
    while (is_inside()) --end;
    chunks.push_back(value.substr(0, end));
    value.remove_prefix(end);
  }
  chunks.push_back(value);
  return chunks;
}

std::size_t size_of_pair(std::string_view name, std::string_view value) { return name.size() + value.size() + 3; }

}  // namespace

std::optional<Text> read_session(const ProjectCookies& cookies) {
  const std::string_view single = cookies.value({});
  if (!single.empty()) return decode_cookie(single);
  Text joined;
  for (std::size_t i = 0;; ++i) {
    const std::string_view chunk = cookies.value(chunk_suffix(i));
    if (chunk.empty()) break;
    joined += chunk;
  }
  if (joined.empty()) return std::nullopt;
  return decode_cookie(joined);
}

void write_session(CookieWriter& writer, const ProjectCookies& cookies, std::string_view json) {
  const Text value = writer.make_value(json);
  const List<std::string_view> chunks = split_value(value);
  const std::size_t count = chunks.size();
  const bool is_single = count == 1;
  for (const ProjectCookie& cookie : cookies.all()) {
    if (!is_session_suffix(cookie.suffix)) continue;
    const bool stays = cookie.suffix.empty() ? is_single : !is_single && chunk_index(cookie.suffix) < count;
    if (!stays) writer.remove(cookie.suffix);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Text suffix = is_single ? Text() : chunk_suffix(i);
    const std::string_view chunk = chunks[i];
    if (cookies.value(suffix) != chunk) writer.set(suffix, chunk, kMaxCookieAgeSeconds, cookies.has(suffix));
  }
}

void clear_session(CookieWriter& writer, const ProjectCookies& cookies) {
  for (const ProjectCookie& cookie : cookies.all())
    if (is_session_suffix(cookie.suffix)) writer.remove(cookie.suffix);
}

std::size_t estimate_cookie_header(std::string_view cookie_header, const List<std::string_view>& set_cookies) {
  std::size_t bytes = 0;
  const auto is_set_anew = [&set_cookies](std::string_view name) {
    for (const std::string_view line : set_cookies)
      if (line.starts_with(name) && line.substr(name.size()).starts_with('=')) return true;
    return false;
  };
  CookieFields fields(cookie_header, {});
  Cookie cookie;
  while (fields.read(cookie))
    if (!is_set_anew(cookie.name)) bytes += size_of_pair(cookie.name, cookie.value);
  for (const std::string_view line : set_cookies) {
    std::string_view rest = line;
    std::string_view value = take_until(rest, ';');
    const std::string_view name = take_until(value, '=');
    if (!value.empty()) bytes += size_of_pair(name, value);
  }
  return bytes;
}

}  // namespace landfall::supabase
