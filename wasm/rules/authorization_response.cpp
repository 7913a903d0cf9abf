#include "rules/authorization_response.hpp"

#include <array>
#include <cstring>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
#include "rules/response_parameters.def"
#include "web/form.hpp"

namespace landfall {
namespace {

#define LANDFALL_ENUMERATOR(name) name,
namespace name {
enum : std::uint8_t { LANDFALL_RESPONSE_PARAMETER(LANDFALL_ENUMERATOR) kCount };
}
#undef LANDFALL_ENUMERATOR

#define LANDFALL_TEXT(name) #name,
constexpr std::array<std::string_view, name::kCount> kName{LANDFALL_RESPONSE_PARAMETER(LANDFALL_TEXT)};
#undef LANDFALL_TEXT

/// Letters of one case, in words of an ordinary length with `_` between them. @param text not empty.
bool is_error_name(std::string_view text) {
  const char first = text.front() >= 'a' ? 'a' : 'A';
  std::size_t word = 0;
  for (const char c : text) {
    word = c == '_' ? 0 : word + 1;
    if ((c != '_' && (c < first || c > first + 25)) || word > kMaxDescriptionWordBytes) return false;
  }
  return true;
}

/// Whether it may be what only the two sides know, or whose sign-in it is.
bool may_be_private(std::string_view word) {
  return word.find('@') != std::string_view::npos || (word.size() > kMaxDescriptionWordBytes && !is_error_name(word));
}

}  // namespace

Result<AuthorizationResponse> parse_authorization_response(std::string_view form) {
  if (form.size() > kMaxUrlBytes) return ErrorCode::request_too_large;
  std::array<bool, name::kCount> seen{};
  std::array<std::string_view, name::kCount> encoded;
  FormFields fields(form);
  FormField field;
  while (fields.read(field)) {
    for (std::size_t i = 0; i < name::kCount; ++i) {
      if (!form_name_is(field.name, kName[i])) continue;
      if (seen[i]) return Error{ErrorCode::param_duplicate, kName[i]};
      seen[i] = true;
      encoded[i] = field.value;
    }
  }
  AuthorizationResponse parsed;
  for (const bool one : seen) parsed.is_present |= one;
  parsed.code = form_decode(encoded[name::code]);
  parsed.state = form_decode(encoded[name::state]);
  parsed.iss = form_decode(encoded[name::iss]);
  parsed.error = form_decode(encoded[name::error]);
  parsed.error_description = form_decode(encoded[name::error_description]);
  parsed.error_code = form_decode(encoded[name::error_code]);
  parsed.has_error_code = seen[name::error_code];
  parsed.error_message =
      form_decode(encoded[encoded[name::error_message].empty() ? name::error_reason : name::error_message]);
  parsed.flow_id = form_decode(encoded[name::sb_flow_id]);
  parsed.message = form_decode(encoded[name::message]);
  parsed.has_tokens = !encoded[name::access_token].empty() || !encoded[name::id_token].empty();
  parsed.has_response_object = !encoded[name::response].empty();
  return parsed;
}

Text read_posted_user(std::string_view form) {
  const Text json = read_form_field(form, "user");
  const Document* user = json.size() <= kMaxPostedUserBytes ? parse_json(json, {}, 2) : nullptr;
  return user != nullptr && user->root.kind == Kind::object ? to_ascii_json(json) : Text();
}

ErrorCode check_code(std::string_view text) {
  if (text.empty()) return ErrorCode::code_missing;
  if (text.size() > kMaxCodeBytes) return ErrorCode::param_too_long;
  return is_printable_ascii(text) ? ErrorCode::ok : ErrorCode::code_invalid;
}

ErrorCode provider_error_code(std::string_view error) {
  // LINE has it in capitals.
  const Text text = lower(error);
  if (text == "access_denied" || text == "user_cancelled_authorize") return ErrorCode::provider_access_denied;
  if (text == "server_error" || text == "temporarily_unavailable") return ErrorCode::provider_unavailable;
  return ErrorCode::provider_error;
}

Text printable(std::string_view text, std::size_t max_bytes) {
  Text out;
  for (const char c : text.substr(0, max_bytes)) out += is_printable_ascii(c) && c != '"' && c != '\\' ? c : '?';
  return out;
}

Text describe(std::string_view text, std::size_t max_bytes) {
  Text out = printable(text, max_bytes);
  char* bytes = out.writable();
  std::size_t word = 0;
  for (std::size_t i = 0; i <= out.size(); ++i) {
    if (i < out.size() && bytes[i] != ' ') continue;
    if (may_be_private({bytes + word, i - word})) std::memset(bytes + word, '*', i - word);
    word = i + 1;
  }
  return out;
}

}  // namespace landfall
