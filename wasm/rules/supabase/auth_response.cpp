#include "rules/supabase/auth_response.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "json/json.hpp"

namespace landfall::supabase {
namespace {

constexpr auto kMembers =
    std::to_array<std::string_view>({"access_token", "refresh_token", "expires_in", "expires_at", "code", "error_code",
                                     "error", "msg", "message", "error_description"});

/// The beginnings of the server's sentences that name a cause: its error_code for all of them is `unexpected_failure`.
struct Said {
  std::string_view begin;
  ErrorCode code;
};
constexpr auto kSaid = std::to_array<Said>({{"Unable to exchange external code", ErrorCode::supabase_exchange},
                                            {"Error getting user email", ErrorCode::email_not_provided},
                                            {"Error getting user profile", ErrorCode::supabase_profile},
                                            {"Database error", ErrorCode::supabase_database},
                                            {"Error sending", ErrorCode::supabase_mail}});

/// The row of the error table with the server's own name; ok if there is none.
ErrorCode own_code(std::string_view error_code) {
  const ErrorCode code = find_error(error_code);
  const bool is_own = code >= ErrorCode::flow_state_not_found && code <= ErrorCode::over_request_rate_limit;
  return is_own ? code : ErrorCode::ok;
}

/// The code of a sentence that names a cause; ok if there is none.
ErrorCode said_code(std::string_view sentence) {
  for (const Said& said : kSaid)
    if (sentence.starts_with(said.begin)) return said.code;
  return ErrorCode::ok;
}

/// The code for an error_code that has no row. A hook's refusal has none, or `unknown`.
ErrorCode other_code(std::string_view error_code) {
  if (error_code.empty() || error_code == "unknown") return ErrorCode::supabase_hook_refused;
  if (error_code.starts_with("hook_")) return ErrorCode::supabase_hook_failed;
  const bool is_outage = error_code == "unexpected_failure" || error_code == "request_timeout";
  return is_outage ? ErrorCode::supabase_unavailable : ErrorCode::supabase_error;
}

/// The server's error code. Depending on the shape of the error, it is in error_code, in a `code` that is text, or in
/// `error`.
std::string_view error_code_of(const Document& json) {
  if (json.at("error_code").is_string()) return json.at("error_code").text;
  if (json.at("code").is_string()) return json.at("code").text;
  return json.at("error").is_string() ? json.at("error").text : std::string_view();
}

/// The server's message. It searches the members in the same order as auth-js.
std::string_view message_of(const Document& json) {
  for (const std::string_view member : {"msg", "message", "error_description"})
    if (json.at(member).is_string()) return json.at(member).text;
  return {};
}

}  // namespace

ErrorCode redirect_error_code(const AuthorizationResponse& response) {
  if (const ErrorCode code = own_code(response.error_code); code != ErrorCode::ok) return code;
  if (const ErrorCode code = said_code(response.error_description); code != ErrorCode::ok) return code;
  // The error page's script sends this when tokens came in the fragment.
  if (response.error == "unsupported_response_type") return ErrorCode::response_type_unexpected;
  if (!response.has_error_code) return provider_error_code(response.error);
  const bool is_outage = response.error_code.empty() && response.error == "server_error";
  return is_outage ? ErrorCode::supabase_unavailable : other_code(response.error_code);
}

Result<Document> parse_session_response(const FetchResult& result, ProviderError& refusal) {
  if (const ErrorCode code = check_transport(result); code != ErrorCode::ok) return code;
  const Document* json = parse_json(result.body, kMembers, 1);
  const bool is_object = json != nullptr && json->root.kind == Kind::object;
  const bool is_refused = result.status != 200;
  if (is_object && (is_refused || json->at("access_token").is_absent())) {
    const std::string_view error_code = error_code_of(*json);
    const std::string_view message = message_of(*json);
    refusal.error = describe(error_code, kMaxErrorBytes);
    refusal.error_description = describe(message, kMaxErrorDescriptionBytes);
    refusal.words = message;
    if (const ErrorCode code = own_code(error_code); code != ErrorCode::ok) return code;
    // The first of two links for a change of address returns a message instead of a session.
    if (!is_refused && error_code == "200") return ErrorCode::email_change_half_confirmed;
    // The gateway in front of the server refuses a wrong key without an error code.
    if (result.status == 401) return ErrorCode::supabase_key_invalid;
    if (const ErrorCode code = said_code(message); is_refused && code != ErrorCode::ok) return code;
    // The names of RFC 6749 5.2 are those of older servers.
    if (is_refused && !error_code.empty())
      return json->at("error").is_string() ? ErrorCode::token_error : other_code(error_code);
  }
  if (result.status == 429) return ErrorCode::over_request_rate_limit;
  if (is_refused) return ErrorCode::token_status;
  if (!may_be_json(result.content_type)) return ErrorCode::token_content_type;
  if (json == nullptr) return ErrorCode::token_json;
  for (const std::string_view member : {"access_token", "refresh_token"}) {
    const Value& token = json->at(member);
    if (!token.is_string() || !is_token(token.text)) return ErrorCode::token_shape;
  }
  const Value& expires_in = json->at("expires_in");
  const bool has_life = expires_in.kind == Kind::number && seconds_of(expires_in.text);
  if (!has_life) return ErrorCode::token_shape;
  return *json;
}

bool is_retryable(const FetchResult& result) {
  if (result.failure != FetchFailure::none) return result.failure == FetchFailure::network;
  return result.status == 429 || (result.status >= 500 && result.status <= 504) ||
         (result.status >= 520 && result.status <= 530);
}

}  // namespace landfall::supabase
