#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"
#include "rules/fetch_result.hpp"

namespace landfall {

/// A provider's reason for a refusal; empty members where it gives none.
struct ProviderError {
  /// Its name, such as `invalid_grant`, safe for logs.
  std::string_view error;
  /// A sentence, safe for logs, with the missing permissions behind it where the response lists them.
  std::string_view error_description;
  /// Supabase Auth's sentence as it came, in UTF-8: for a page, never for a log.
  std::string_view words = {};
};

/// Reads the reason out of a response, whatever its Content-Type: the JSON object of RFC 6749 5.2, and what providers
/// send instead of it.
ProviderError provider_error(const FetchResult& result);

/// The error code for the `error` of a token endpoint: RFC 6749's names, and those that providers use instead of them.
ErrorCode token_error_code(std::string_view error, std::int64_t status);

}  // namespace landfall
