#include "rules/provider_error.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "json/json.hpp"
#include "rules/authorization_response.hpp"

namespace landfall {
namespace {

/// Down to error/detail/required/0.
constexpr std::size_t kDepth = 4;

// Where the reason's name stands, and where its sentence does: the first that has a text counts. RFC 6749 5.2 has
// `error` and `error_description`. `error` is an object at Facebook and Bitbucket, `true` at Figma; Twitch, Notion and
// Zoom have members of their own.
constexpr std::string_view kNames = "error error/type error/code error_code code reason";
constexpr std::string_view kSentences = "error_description error/message error_message message msg reason error/detail";

// What providers say for an RFC 6749 5.2 name: GitHub, Slack and Google.
constexpr std::string_view kInvalidGrant =
    "invalid_grant bad_verification_code invalid_code code_already_used code_expired redirect_uri_mismatch "
    "bad_redirect_uri";
constexpr std::string_view kInvalidClient =
    "invalid_client incorrect_client_credentials bad_client_secret invalid_client_id";
// With 401 (RFC 9110 15.5.2), Keycloak, Reddit and others mean the client by these.
constexpr std::string_view kInvalidClientWith401 = "unauthorized_client access_denied 401";

std::string_view find_text(const Document& json, std::string_view paths) {
  while (!paths.empty()) {
    const Value& value = json.at(take_until(paths, ' '));
    if ((value.is_string() || value.kind == Kind::number) && !value.text.empty()) return value.text;
  }
  return {};
}

bool is_one_of(std::string_view words, std::string_view word) {
  while (!words.empty())
    if (take_until(words, ' ') == word) return true;
  return false;
}

}  // namespace

ProviderError provider_error(const FetchResult& result) {
  const Document* json = parse_json(result.body, {}, kDepth);
  if (json == nullptr) return {};
  Text sentence = find_text(*json, kSentences);
  for (const Document::Member& member : json->members)
    if (member.path.starts_with("error/detail/required/") && member.value.is_string())
      sentence += concat(" (", member.value.text, ")");
  return {.error = describe(find_text(*json, kNames), kMaxErrorBytes),
          .error_description = describe(sentence, kMaxErrorDescriptionBytes)};
}

ErrorCode token_error_code(std::string_view error, std::int64_t status) {
  if (is_one_of(kInvalidGrant, error)) return ErrorCode::token_invalid_grant;
  if (is_one_of(kInvalidClient, error) || (status == 401 && is_one_of(kInvalidClientWith401, error)))
    return ErrorCode::token_invalid_client;
  return ErrorCode::token_error;
}

}  // namespace landfall
