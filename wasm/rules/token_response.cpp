#include "rules/token_response.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "json/json.hpp"

namespace landfall {
namespace {

/// The app reads the other members itself.
constexpr auto kMembers = std::to_array<std::string_view>(
    {"access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token", "error"});

Result<std::optional<std::int64_t>> read_expires_in(const Value& value) {
  if (value.is_absent()) return std::optional<std::int64_t>{};
  const bool is_number = value.kind == Kind::number || parse_decimal(value.text);
  const auto seconds = is_number ? seconds_of(value.text) : std::nullopt;
  if (!seconds) return Error{ErrorCode::token_shape, "expires_in"};
  return seconds;
}

/// Whether a response says `error`. Some servers send an empty one beside good tokens.
bool has_error(const Document& json) {
  const Value& error = json.at("error");
  return !error.is_absent() && !error.is_unset() && !(error.kind == Kind::boolean && error.text == "false");
}

/// The scope of a token response: a string, or a list of strings with some providers (Twitch).
Text read_scope(const Document& json) {
  const Value& scope = json.at("scope");
  if (scope.kind != Kind::array) return scope.text;
  Text joined;
  for (const Document::Member& member : json.members) {
    if (!member.path.starts_with("scope/") || !member.value.is_string()) continue;
    if (!joined.empty()) joined += ' ';
    joined += member.value.text;
  }
  return joined;
}

}  // namespace

std::optional<std::int64_t> seconds_of(std::string_view text, std::int64_t max) {
  if (text == "-0") return 0;
  std::int64_t digits = 0;
  std::int64_t exponent = 0;
  bool in_fraction = false;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.') {
      in_fraction = true;
      continue;
    }
    if (!is_digit(text[i])) return std::nullopt;
    if (digits > max) {
      exponent += in_fraction ? 0 : 1;
      continue;
    }
    digits = digits * 10 + (text[i] - '0');
    exponent -= in_fraction ? 1 : 0;
  }
  if (i < text.size()) {
    const bool negative = text.substr(i + 1).starts_with('-');
    const std::size_t sign = negative || text.substr(i + 1).starts_with('+') ? 1 : 0;
    // Beyond it, no number of digits in a response makes a difference.
    constexpr std::int64_t kFar = std::int64_t{1} << 40;
    const std::int64_t power = std::min(parse_decimal(text.substr(i + 1 + sign)).value_or(kFar), kFar);
    exponent += negative ? -power : power;
  }
  for (; exponent < 0 && digits > 0; ++exponent) digits /= 10;
  for (; exponent > 0 && digits > 0 && digits <= max; --exponent) digits *= 10;
  return std::min(digits, max);
}

bool is_token(std::string_view text) {
  if (text.empty() || text.size() > kMaxTokenBytes) return false;
  return plain_prefix<>(text) == text.size();
}

ErrorCode check_transport(const FetchResult& result) {
  switch (result.failure) {
    case FetchFailure::none:
      return result.status >= 300 && result.status < 400 ? ErrorCode::token_redirect : ErrorCode::ok;
    case FetchFailure::timeout:
      return ErrorCode::token_timeout;
    case FetchFailure::tls:
      return ErrorCode::certificate_untrusted;
    case FetchFailure::too_large:
      return ErrorCode::token_too_large;
    case FetchFailure::redirect:
      return ErrorCode::token_redirect;
    case FetchFailure::network:
    case FetchFailure::refused:
      break;
  }
  return ErrorCode::token_network;
}

Result<Tokens> parse_token_response(const FetchResult& result, IdTokenIs id_token_is, ProviderError& refusal) {
  if (const ErrorCode code = check_transport(result); code != ErrorCode::ok) return code;

  const Document* document = parse_json(result.body, kMembers, 2);
  const bool says_error = document != nullptr && has_error(*document);
  if (says_error || result.status != 200) refusal = provider_error(result);
  if (says_error) return token_error_code(refusal.error, result.status);
  if (result.status != 200) return ErrorCode::token_status;
  if (!may_be_json(result.content_type)) return ErrorCode::token_content_type;
  if (document == nullptr) return ErrorCode::token_json;
  const Document& json = *document;
  if (json.root.kind != Kind::object) return ErrorCode::token_shape;

  const Value& token_type = json.at("token_type");
  if (token_type.kind == Kind::missing) return Error{ErrorCode::token_shape, "token_type"};
  if (!equal_ignoring_case(token_type.text, "bearer")) return ErrorCode::token_type_unsupported;
  const Value& access_token = json.at("access_token");
  if (!access_token.is_string() || !is_token(access_token.text)) return Error{ErrorCode::token_shape, "access_token"};
  const Value& refresh_token = json.at("refresh_token");
  if (!refresh_token.is_absent() && !(refresh_token.is_string() && is_token(refresh_token.text)))
    return Error{ErrorCode::token_shape, "refresh_token"};
  const Value& id_token = json.at("id_token");
  const bool has_id_token = id_token_is != IdTokenIs::ignored && !id_token.is_absent();
  if (id_token_is == IdTokenIs::required && !has_id_token) return ErrorCode::id_token_missing;
  if (has_id_token && !(id_token.is_string() && is_token(id_token.text)))
    return Error{ErrorCode::token_shape, "id_token"};
  const auto expires_in = read_expires_in(json.at("expires_in"));
  if (!expires_in) return expires_in.error();

  return Tokens{.access_token = access_token.text,
                .refresh_token = refresh_token.text,
                .id_token = has_id_token ? id_token.text : "",
                .scope = read_scope(json),
                .expires_in = *expires_in};
}

}  // namespace landfall
