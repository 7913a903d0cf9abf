#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"

namespace landfall {

/// The parameters of an authorization response, decoded once; a parameter without a value counts as left out (RFC
/// 6749 3.1).
struct AuthorizationResponse {
  std::string_view code;
  std::string_view state;
  std::string_view iss;
  std::string_view error;
  std::string_view error_description;
  /// Supabase Auth's own parameters: its error code next to `error`, and the flow id.
  std::string_view error_code;
  /// Its own server speaks, and not the provider, where `error_code` is present, also when it is empty.
  bool has_error_code = false;
  /// Facebook's words, beside `error_code` and without `error`.
  std::string_view error_message;
  std::string_view flow_id;
  /// Its message, instead of an error, after a person opens one of the two links for a change of address.
  std::string_view message;
  /// Tokens in the front channel. Landfall never asks for them (RFC 9700 2.1.2).
  bool has_tokens = false;
  /// A JARM response object. Landfall never asks for one.
  bool has_response_object = false;
  /// The request has some parameter of an authorization response, with or without a value.
  bool is_present = false;
};

/// Reads a query or a form_post body (RFC 6749 4.1.2, 4.1.2.1; OAuth 2.0 Form Post Response Mode). Unknown parameters
/// are ignored. Errors: request_too_large; param_duplicate and param_too_long with the parameter.
Result<AuthorizationResponse> parse_authorization_response(std::string_view form);

/// The JSON object `user` of a form (Sign in with Apple), in ASCII. It is empty unless there is exactly one of at most
/// kMaxPostedUserBytes; a person may have written it.
Text read_posted_user(std::string_view form);

/// Whether a code is VSCHAR only (RFC 6749 A.11). Errors: code_missing, param_too_long, code_invalid.
ErrorCode check_code(std::string_view code);

/// The error code for a provider's `error`. The common ones have their own codes.
ErrorCode provider_error_code(std::string_view error);

/// Makes a provider's text safe for logs and headers: it keeps NQSCHAR (RFC 6749 A), writes `?` for everything else,
/// and cuts the text at a size.
Text printable(std::string_view text, std::size_t max_bytes);

/// A provider's own words for the app's log, its error codes too: printable and cut. It drops addresses of e-mail, and
/// words that are long enough to be a code, a token or a key, because some servers repeat the request. The name of an
/// error, such as `unmet_authentication_requirements`, stays.
Text describe(std::string_view text, std::size_t max_bytes);

}  // namespace landfall
