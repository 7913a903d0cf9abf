#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "rules/fetch_result.hpp"
#include "rules/provider_error.hpp"

namespace landfall {

/// What an ID Token is to a token request: without `openid` nobody asked for it, and a refresh may leave it out.
enum class IdTokenIs : std::uint8_t { ignored, optional, required };

/// A successful token response (RFC 6749 5.1). Tokens are printable ASCII.
struct Tokens {
  std::string_view access_token;
  std::string_view refresh_token;
  std::string_view id_token;
  /// As given. Empty if the provider left it out, which means the requested scope.
  std::string_view scope;
  std::optional<std::int64_t> expires_in;
};

/// Whether a text can be a token: printable ASCII, 1 to kMaxTokenBytes (RFC 6749 A.12, A.17).
bool is_token(std::string_view text);

/// The whole seconds of a JSON number or a digit string, at most kMaxExpiresInSeconds. Returns nothing for a negative
/// number or anything else.
std::optional<std::int64_t> seconds_of(std::string_view text, std::int64_t max = kMaxExpiresInSeconds);

/// Whether a response came, and is not a redirect. Errors: token_network, token_timeout, token_redirect,
/// token_too_large.
ErrorCode check_transport(const FetchResult& result);

/// Reads a token response (RFC 6749 5.1, 5.2): any 3xx is refused, and an `error` member is an error with any status
/// (GitHub and Slack send it with 200) and any Content-Type. The type must be Bearer (RFC 6750 6.1.1) in any case of
/// letters, tokens must be printable ASCII, and expires_in must be a non-negative number or its digits as a string.
/// Errors: token_network, token_timeout, token_redirect, token_too_large, token_status, token_content_type, token_json,
/// token_shape, token_type_unsupported, token_invalid_grant, token_invalid_client, token_error. @param refusal filled
/// for the last three, and for token_status.
Result<Tokens> parse_token_response(const FetchResult& result, IdTokenIs id_token, ProviderError& refusal);

}  // namespace landfall
