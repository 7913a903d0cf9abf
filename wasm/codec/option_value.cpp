#include "codec/option_value.hpp"

#include <limits>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "rules/authorization_url.hpp"
#include "rules/next.hpp"
#include "rules/signature_algorithm.hpp"
#include "web/host.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

bool is_scope(std::string_view text) {
  for (const char c : text)
    if (!is_printable_ascii(c) || c == '"' || c == '\\') return false;
  return true;
}

/// A path that stays as it is in a Location. No path has a fragment, which is ours to set; and the query of a
/// redirect_uri would not be told from the response's parameters.
bool is_path(std::string_view text, bool allows_query) {
  Text encoded;
  return check_next(text, "", encoded) == NextVerdict::unchanged &&
         text.find_first_of(allows_query ? "#" : "?#") == std::string_view::npos;
}

Problem read_choice(const Option& option, std::string_view text, void* filled) {
  std::string_view choices = option.choices;
  for (std::uint8_t i = 0; !choices.empty(); ++i) {
    if (take_until(choices, '|') != text) continue;
    if (option.slot != Option::kNoSlot) option.member<std::uint8_t>(filled) = i;
    return Problem::none;
  }
  return Problem::value;
}

Problem read_url(const Option& option, std::string_view text, void* filled) {
  const Form form = option.form;
  while (form == Form::project_url && text.ends_with('/')) text.remove_suffix(1);
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return Problem::ascii;
  const auto url = parse_url(text);
  const bool allows_query = form == Form::url;
  if (!url || url->has_fragment || (url->has_query && !allows_query)) return Problem::url;
  if ((form == Form::origin || form == Form::site) && url->target != "/") return Problem::path;
  if (!is_secure_url(*url)) return Problem::insecure;
  if (form == Form::origin) {
    static_cast<Config*>(filled)->origin.fixed = url->origin;
  } else if (form == Form::site) {
    option.member<std::string_view>(filled) = url->origin;
  } else if (form == Form::project_url) {
    option.member<std::string_view>(filled) =
        concat(url->origin, url->path() == "/" ? std::string_view() : url->path(), "/auth/v1");
  } else {
    option.member<std::string_view>(filled) = text;
  }
  return Problem::none;
}

/// A segment of a path: a GUID, a domain, or a word.
bool is_tenant(std::string_view text) {
  if (text.starts_with('.')) return false;
  for (const char c : text)
    if (!is_alnum(c) && c != '-' && c != '.') return false;
  return true;
}

/// The key of a PEM as base64url. Line breaks may be written as `\n`, as in an environment variable.
Problem read_private_key(std::string_view pem, std::string_view& filled) {
  constexpr std::string_view kBegin = "-----BEGIN PRIVATE KEY-----";
  if (const Parts parts = part(pem, kBegin); parts.is_found) pem = parts.behind;
  pem = part(pem, "-----END").before;
  Text key;
  while (!pem.empty()) {
    const char c = pem.front();
    const bool is_break = pem.starts_with("\\n") || pem.starts_with("\\r");
    pem.remove_prefix(is_break ? 2 : 1);
    if (is_break || is_blank(c) || c == '\r' || c == '\n' || c == '=') continue;
    key += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  const auto der = parse_base64url(key);
  // A sequence (X.690 8.9), and not a single line of some other secret.
  if (!der || !der->view().starts_with('\x30') || der->size() < kMinPrivateKeyBytes) return Problem::private_key;
  filled = key;
  return Problem::none;
}

/// Whether a list is kept as one text with blanks between.
bool is_list(Form form) { return form == Form::scopes || form == Form::tenant || form == Form::parameters; }

/// Whether a text is valid for its form.
bool is_valid(Form form, std::string_view text) {
  switch (form) {
    case Form::header:
      return is_printable_ascii(text) && text.find(' ') == std::string_view::npos;
    case Form::path:
      return is_path(text, false);
    case Form::page:
    case Form::error_page:
      return is_path(text, true);
    case Form::algorithm:
      return find_signature_algorithm(text) != nullptr;
    case Form::scopes:
      return is_scope(text);
    case Form::parameters:
      return is_scope(text) && text.find(' ') == std::string_view::npos;
    case Form::hosts:
      return is_host_pattern(text);
    case Form::host:
      return bool{parse_host(text)};
    case Form::tenant:
      return is_tenant(text);
    default:
      return true;
  }
}

}  // namespace

Problem expect(const Value& value, Kind kind) { return value.kind == kind ? Problem::none : Problem::type; }

Problem read_value(const Option& option, const Value& value, void* filled) {
  const Form form = option.form;
  if (form == Form::number) return expect(value, Kind::number);
  if (form == Form::seconds || form == Form::age) {
    if (value.kind != Kind::number) return Problem::type;
    // What is no such number is longer than any limit.
    const auto seconds = parse_decimal(value.text).value_or(std::numeric_limits<std::int64_t>::max());
    const bool is_age = form == Form::age;
    if (seconds > (is_age ? kMaxCookieAgeSeconds : kMaxClockToleranceSeconds)) return Problem::value;
    if (is_age && seconds == 0) return Problem::value;
    option.member<std::int64_t>(filled) = seconds;
    return Problem::none;
  }
  if (form == Form::flag || form == Form::function) {
    if (option.slot != Option::kNoSlot) option.member<bool>(filled) = value.text == "true";
    return expect(value, Kind::boolean);
  }
  if (form == Form::promise) {
    option.member<Promise>(filled) = value.text == "true" ? Promise::yes : Promise::no;
    return expect(value, Kind::boolean);
  }
  if (!value.is_string()) return Problem::type;
  if (form == Form::choice) return read_choice(option, value.text, filled);
  if (form == Form::url || form == Form::issuer || form == Form::project_url || form == Form::origin ||
      form == Form::site)
    return read_url(option, value.text, filled);
  if (form == Form::private_key) return read_private_key(value.text, option.member<std::string_view>(filled));
  if (!is_valid(form, value.text)) return Problem::value;
  if (form == Form::hosts) {
    option.member<List<std::string_view>>(filled).push_back(value.text);
    return Problem::none;
  }
  auto& text = option.member<std::string_view>(filled);
  if (form == Form::error_page) static_cast<Config*>(filled)->has_own_error_page = true;
  if (form == Form::parameters && is_reserved_parameter(value.text)) return Problem::reserved;
  const std::string_view word = form == Form::tenant ? lower(value.text).view() : value.text;
  if (form == Form::tenant && text == kNobody) text = {};
  text = is_list(form) && !text.empty() ? concat(text, " ", word).view() : word;
  return Problem::none;
}

}  // namespace landfall
