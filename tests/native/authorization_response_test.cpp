#include "rules/authorization_response.hpp"

#include "rules/issuer.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;
using vectors::name_of;

void expect_response(const Json& c) {
  const std::string form = bytes(c.at("form"));
  const auto response = parse_authorization_response(form);
  if (c.contains("error")) {
    ASSERT_FALSE(response);
    EXPECT_EQ(name_of(response.error().code), c.at("error").get<std::string>());
    EXPECT_EQ(response.error().parameter, c.at("parameter").get<std::string>());
    return;
  }
  ASSERT_TRUE(response) << name_of(response.error().code);
  const Json& want = c.at("want");
  EXPECT_EQ(response->code, bytes_or_empty(want, "code"));
  EXPECT_EQ(response->state, bytes_or_empty(want, "state"));
  EXPECT_EQ(response->iss, bytes_or_empty(want, "iss"));
  EXPECT_EQ(response->error, bytes_or_empty(want, "error"));
  EXPECT_EQ(response->error_description, bytes_or_empty(want, "error_description"));
  EXPECT_EQ(response->error_message, bytes_or_empty(want, "error_message"));
  EXPECT_EQ(response->has_tokens, want.value("has_tokens", false));
  EXPECT_EQ(response->has_response_object, want.value("has_response_object", false));
  EXPECT_EQ(response->is_present, want.value("is_present", false));
  if (c.contains("code") && want.contains("code"))
    EXPECT_EQ(name_of(check_code(response->code)), c.at("code").get<std::string>());
}

VECTOR_TEST(AuthorizationResponse, authorization_response) {
  if (c.contains("form")) return expect_response(c);
  if (c.contains("provider_error")) {
    EXPECT_EQ(name_of(provider_error_code(bytes(c.at("provider_error")))), c.at("code").get<std::string>());
    return;
  }
  const std::string text = bytes(c.at("text"));
  const auto max_bytes = c.at("max_bytes").get<std::size_t>();
  if (c.contains("described"))
    EXPECT_EQ(describe(text, max_bytes), c.at("described").get<std::string>());
  else
    EXPECT_EQ(printable(text, max_bytes), c.at("printable").get<std::string>());
}

VECTOR_TEST(Iss, iss) {
  const std::string form = bytes(c.at("form"));
  const auto response = parse_authorization_response(form);
  ASSERT_TRUE(response);
  const std::string issuer = bytes(c.at("issuer"));
  EXPECT_EQ(name_of(check_iss(response->iss, {.issuer = issuer}, c.at("required").get<bool>())),
            c.at("code").get<std::string>());
}

TEST(AuthorizationResponse, EveryByteOfACode) {
  EXPECT_EQ(check_code(""), ErrorCode::code_missing);
  for (int byte = 0; byte < 256; ++byte) {
    const std::string code{'a', static_cast<char>(byte), 'b'};
    EXPECT_EQ(check_code(code), byte >= 0x20 && byte <= 0x7E ? ErrorCode::ok : ErrorCode::code_invalid) << byte;
  }
}

TEST(AuthorizationResponse, TenThousandNames) {
  std::string form = "code=abc123&state=s";
  for (int i = 0; i < 10'000; ++i) form += "&aaaaaaaa" + std::to_string(i) + "=1";
  const auto response = parse_authorization_response(form);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->code, "abc123");
}

}  // namespace
}  // namespace landfall
