// The callback's parameters: what is read was sent, once; written again it reads the same; and a parameter that came
// twice is reported.
#include "rules/authorization_response.hpp"

#include <map>
#include <string>

#include "base/limits.hpp"
#include "input.hpp"
#include "rules/response_parameters.def"
#include "web/form.hpp"

using namespace landfall;

namespace {

#define LANDFALL_TEXT(name) #name,
constexpr std::string_view kNames[] = {LANDFALL_RESPONSE_PARAMETER(LANDFALL_TEXT)};
#undef LANDFALL_TEXT

/// A second reader, as plain as it gets.
std::string decode(std::string_view text) {
  std::string out;
  const auto digit = [](char c) { return std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20)); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() &&
                           std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
                           std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0;
    if (is_escape) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::multimap<std::string, std::string> split(std::string_view form) {
  std::multimap<std::string, std::string> fields;
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view field = form.substr(0, end);
    form.remove_prefix(std::min(end + 1, form.size()));
    const std::size_t equals = std::min(field.find('='), field.size());
    if (!field.empty())
      fields.emplace(decode(field.substr(0, equals)), decode(field.substr(std::min(equals + 1, field.size()))));
  }
  return fields;
}

/// The parameters by their names on the wire.
std::map<std::string_view, std::string_view> list(const AuthorizationResponse& response) {
  return {{"code", response.code},
          {"state", response.state},
          {"iss", response.iss},
          {"error", response.error},
          {"error_description", response.error_description},
          {"error_code", response.error_code},
          {"sb_flow_id", response.flow_id},
          {"message", response.message}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view form(reinterpret_cast<const char*>(data), size);
  const auto response = parse_authorization_response(form);
  if (form.size() > kMaxUrlBytes) {
    CHECK(!response && response.error().code == ErrorCode::request_too_large);
    return 0;
  }
  const auto fields = split(form);
  bool is_repeated = false;
  for (const std::string_view name : kNames) is_repeated |= fields.count(std::string(name)) > 1;
  CHECK(static_cast<bool>(response) != is_repeated);
  if (!response) {
    CHECK(response.error().code == ErrorCode::param_duplicate);
    CHECK(fields.count(std::string(response.error().parameter)) > 1);
    return 0;
  }
  const auto sent = [&fields](std::string_view name) {
    const auto field = fields.find(std::string(name));
    return field == fields.end() ? std::string() : field->second;
  };
  CHECK(response->error_message ==
        std::string_view(sent("error_message").empty() ? sent("error_reason") : sent("error_message")));
  Text again;
  for (const auto& [name, value] : list(*response)) {
    CHECK(value == std::string_view(sent(name)));
    append_form_field(again, name, value);
  }
  CHECK(response->has_tokens == !(sent("access_token") + sent("id_token")).empty());
  CHECK(response->has_response_object == !sent("response").empty());
  const auto second = parse_authorization_response(again);
  CHECK(static_cast<bool>(second) && list(*second) == list(*response));
  CHECK(!second->has_tokens && !second->has_response_object);
  return 0;
}
