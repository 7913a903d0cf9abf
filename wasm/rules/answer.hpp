#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"
#include "json/document.hpp"

namespace landfall {

/// What kept a request from an answer.
enum class FetchFailure : std::uint8_t { none, network, timeout, too_large, redirect };

/// What a `fetch` step brought.
struct Answer {
  FetchFailure failure = FetchFailure::none;
  std::int64_t status = 0;
  std::string_view content_type;
  /// The body's bytes.
  std::string_view body;
  /// The body's wanted members; null if it is no JSON.
  const Document* json = nullptr;
  /// The body as JSON.stringify spells it, and the same without what does not go into a cookie: only for sessions of
  /// Supabase's.
  std::string_view compact;
  std::string_view compact_for_cookie;
};

/// Whether a body may be read as JSON: application/json or +json by its Content-Type (RFC 8259 11, RFC 6839 3.1), or no
/// Content-Type at all.
bool may_be_json(std::string_view content_type);

/// Whether an answer is 200 with a JSON object.
bool is_json_object(const Answer& answer);

}  // namespace landfall
