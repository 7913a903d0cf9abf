#pragma once

#include <cstdint>
#include <string_view>

namespace landfall {

/// The reply of a handler to an error: a redirect to the error path, or a status of its own.
enum class Reply : std::uint16_t {
  redirect = 303,
  bad_request = 400,
  unauthorized = 401,
  forbidden = 403,
  method_not_allowed = 405,
};

/// Every outcome that Landfall can name. errors.def has the rows.
enum class ErrorCode : std::uint32_t {
  ok,
#define LANDFALL_ERROR(code, blame, reply, message, spec) code,
#include "base/errors.def"
#undef LANDFALL_ERROR
};

/// One row of the error table.
struct ErrorRow {
  std::string_view name;
  /// Who has to act: `app`, `browser`, `provider`, `landfall`.
  std::string_view blame;
  Reply reply;
};

/// The row of a code. The name of `ok` is empty.
ErrorRow error_row(ErrorCode code);

/// The sentence of a code, safe to show to anybody; empty for `ok`.
std::string_view error_message(ErrorCode code);

/// The section of the specification that a code belongs to, or empty.
std::string_view error_spec(ErrorCode code);

/// The code of a name; internal_error for an unknown name.
ErrorCode find_error(std::string_view name);

}  // namespace landfall
