#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/errors.hpp"
#include "json/document.hpp"

namespace landfall {

/// Why a step has no result, in the order of messages.def. `refused` comes from the app's hook, or from a
/// host that cannot check a signature.
enum class FetchFailure : std::uint8_t { none, network, timeout, tls, too_large, redirect, refused };

/// The result of a `fetch` step: a response, or the reason for its absence. The result of a `verify` step has the
/// verdict as its status: 1 or 0.
struct FetchResult {
  FetchFailure failure = FetchFailure::none;
  std::int64_t status = 0;
  std::string_view content_type;
  /// The body's bytes.
  std::string_view body;
  /// The Retry-After header (RFC 9110 10.2.3).
  std::string_view retry_after = {};
  /// The seconds since a kept response came.
  std::int64_t age = 0;
  /// The runtime's own name for the failure, safe for logs.
  std::string_view cause = {};
};

/// The error code for a failure: `otherwise`, but for a certificate that the runtime does not trust.
ErrorCode failure_code(const FetchResult& result, ErrorCode otherwise);

/// Whether an endpoint answers, and says no (RFC 6750 3.1): 408 and 429 ask to try again.
bool is_refusal(const FetchResult& result);

/// Whether a body may be read as JSON: application/json or +json by its Content-Type (RFC 8259 11, RFC 6839 3.1), or no
/// Content-Type at all.
bool may_be_json(std::string_view content_type);

/// Reads the JSON object of a response. Returns null unless the status is 200 and the body is a JSON object.
/// @param result without a failure. @param wanted, @param max_depth see parse_json.
const Document* parse_json_object(const FetchResult& result, std::span<const std::string_view> wanted,
                                  std::size_t max_depth);

}  // namespace landfall
