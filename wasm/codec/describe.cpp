#include "codec/describe.hpp"

#include "base/ascii.hpp"
#include "base/capabilities.hpp"
#include "base/errors.hpp"
#include "base/limits.hpp"
#include "codec/fields.hpp"

namespace landfall {
namespace {

/// The lists of messages.def as one text: a name, its fields with a space before each, a line break.
constexpr std::string_view kLists =
#define LANDFALL_NAME(name) " " #name
    "OPERATION" LANDFALL_OPERATION(LANDFALL_NAME) "\n"
    "REQUEST" LANDFALL_REQUEST(LANDFALL_NAME) "\n"
    "REQUEST_HEADER" LANDFALL_REQUEST_HEADER(LANDFALL_NAME) "\n"
    "ROUTE" LANDFALL_ROUTE(LANDFALL_NAME) "\n"
    "FAILURE" LANDFALL_FAILURE(LANDFALL_NAME) "\n"
    "START" LANDFALL_START(LANDFALL_NAME) "\n"
    "FAIL" LANDFALL_FAIL(LANDFALL_NAME) "\n"
    "STEP" LANDFALL_STEP(LANDFALL_NAME) "\n"
    "RESPOND" LANDFALL_RESPOND(LANDFALL_NAME) "\n"
    "FETCH" LANDFALL_FETCH(LANDFALL_NAME) "\n"
    "VERIFY" LANDFALL_VERIFY(LANDFALL_NAME) "\n"
    "SIGN" LANDFALL_SIGN(LANDFALL_NAME) "\n"
    "BODY" LANDFALL_BODY(LANDFALL_NAME) "\n"
    "SESSION" LANDFALL_SESSION(LANDFALL_NAME) "\n"
    "SIGN_OUT" LANDFALL_SIGN_OUT(LANDFALL_NAME) "\n"
    "REVOKED" LANDFALL_REVOKED(LANDFALL_NAME) "\n"
    "ACCESS_TOKEN" LANDFALL_ACCESS_TOKEN(LANDFALL_NAME) "\n"
    "LOGOUT" LANDFALL_LOGOUT(LANDFALL_NAME) "\n"
    "STARTED" LANDFALL_STARTED(LANDFALL_NAME) "\n"
    "STORED_SESSION" LANDFALL_STORED_SESSION(LANDFALL_NAME) "\n"
    "READY" LANDFALL_READY(LANDFALL_NAME) "\n"
    "REFUSED" LANDFALL_REFUSED(LANDFALL_NAME) "\n"
    "PROBLEM" LANDFALL_PROBLEM(LANDFALL_NAME) "\n";
#undef LANDFALL_NAME

/// A member whose value is a text without quotes and backslashes.
void append_member(Text& json, std::string_view name, std::string_view text) {
  json += concat(json.back() == '{' ? "\"" : ",\"", name, "\":\"", text, "\"");
}

void append_number(Text& json, std::string_view name, std::size_t number) {
  json += concat(json.back() == '{' ? "\"" : ",\"", name, "\":");
  append_decimal(json, static_cast<std::int64_t>(number));
}

void append_list(Text& json, std::string_view line) {
  const std::string_view name = take_until(line, ' ');
  json += concat(json.back() == '{' ? "\"" : ",\"", name, "\":[");
  while (!line.empty()) json += concat(json.back() == '[' ? "\"" : ",\"", take_until(line, ' '), "\"");
  json += ']';
}

void append_error(Text& json, ErrorCode code) {
  const ErrorRow row = error_row(code);
  json += json.back() == '[' ? "{" : ",{";
  append_member(json, "code", row.name);
  append_member(json, "blame", row.blame);
  append_number(json, "status", static_cast<std::size_t>(row.reply));
  append_member(json, "message", error_message(code));
  append_member(json, "spec", error_spec(code));
  json += '}';
}

}  // namespace

Text describe() {
  if (!kHasDescription) return {};
  Text json = "{";
  append_member(json, "version", LANDFALL_VERSION);
  append_number(json, "abi", LANDFALL_ABI);
  json += ",\"limits\":{";
  append_number(json, "message_bytes", kMaxMessageBytes);
  append_number(json, "entropy_bytes", kEntropyBytes);
  append_number(json, "secret_bytes", kMinSecretBytes);
  json += "},\"messages\":{";
  std::string_view lists = kLists;
  while (!lists.empty()) append_list(json, take_until(lists, '\n'));
  json += "},\"errors\":[";
  for (std::size_t row = 1; row <= static_cast<std::size_t>(ErrorCode::internal_error); ++row)
    append_error(json, static_cast<ErrorCode>(row));
  json += "]}";
  return json;
}

}  // namespace landfall
