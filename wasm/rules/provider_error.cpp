#include "rules/provider_error.hpp"

#include <array>
#include <span>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "json/json.hpp"
#include "rules/authorization_response.hpp"

namespace landfall {
namespace {

/// The members of a refusal: RFC 6749 5.2 has the first two. `error` is an object at Facebook and Bitbucket, `true` at
/// Figma; Twitch, Notion and Zoom have members of their own.
constexpr auto kMembers =
    std::to_array<std::string_view>({"error", "error_description", "error_message", "message", "reason", "code", "type",
                                     "error_code", "detail", "required"});
/// Down to error/detail/required/0.
constexpr std::size_t kDepth = 4;

/// Where the reason's name stands, and where its sentence does: the first that has a text counts.
constexpr auto kNames =
    std::to_array<std::string_view>({"error", "error/type", "error/code", "error_code", "code", "reason"});
constexpr auto kSentences = std::to_array<std::string_view>(
    {"error_description", "error/message", "error_message", "message", "reason", "error/detail"});

std::string_view find_text(const Document& json, std::span<const std::string_view> paths) {
  for (const std::string_view path : paths) {
    const Value& value = json.at(path);
    if ((value.is_string() || value.kind == Kind::number) && !value.text.empty()) return value.text;
  }
  return {};
}

/// What a provider calls a refusal, and its name in RFC 6749 5.2.
struct Alias {
  std::string_view error;
  ErrorCode code;
};

constexpr auto kAliases = std::to_array<Alias>({
    {"invalid_grant", ErrorCode::token_invalid_grant},
    {"bad_verification_code", ErrorCode::token_invalid_grant},  // GitHub
    {"invalid_code", ErrorCode::token_invalid_grant},           // Slack, and the next two
    {"code_already_used", ErrorCode::token_invalid_grant},
    {"code_expired", ErrorCode::token_invalid_grant},
    {"redirect_uri_mismatch", ErrorCode::token_invalid_grant},  // GitHub, Google
    {"bad_redirect_uri", ErrorCode::token_invalid_grant},       // Slack
    {"invalid_client", ErrorCode::token_invalid_client},
    {"incorrect_client_credentials", ErrorCode::token_invalid_client},  // GitHub
    {"bad_client_secret", ErrorCode::token_invalid_client},             // Slack, and the next one
    {"invalid_client_id", ErrorCode::token_invalid_client},
});

}  // namespace

ProviderError provider_error(const FetchResult& result) {
  const Document* json = parse_json(result.body, kMembers, kDepth);
  if (json == nullptr || json->root.kind != Kind::object) return {.status = result.status};
  Text sentence = find_text(*json, kSentences);
  for (const Document::Member& member : json->members)
    if (member.path.starts_with("error/detail/required/") && member.value.is_string())
      sentence += concat(" (", member.value.text, ")");
  return {.error = printable(find_text(*json, kNames), kMaxErrorBytes),
          .error_description = describe(sentence),
          .status = result.status};
}

ErrorCode token_error_code(std::string_view error, std::int64_t status) {
  // With 401 (RFC 9110 15.5.2), Keycloak and others mean the client by these.
  if (status == 401 && (error == "unauthorized_client" || error == "access_denied"))
    return ErrorCode::token_invalid_client;
  for (const Alias& alias : kAliases)
    if (alias.error == error) return alias.code;
  return ErrorCode::token_error;
}

}  // namespace landfall
