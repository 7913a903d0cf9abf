#include "rules/token_response.hpp"

#include "provider_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;
using vectors::name_of;

VECTOR_TEST(TokenResponse, token_response) {
  const std::string body = bytes_or_empty(c, "body");
  const std::string content_type = bytes_or_empty(c, "content_type");
  FetchResult result;
  result.failure = failure_of(bytes_or_empty(c, "failure"));
  result.status = c.value("status", std::int64_t{0});
  result.content_type = content_type;
  result.body = body;

  ProviderError refusal;
  const auto tokens =
      parse_token_response(result, c.value("openid", false) ? IdTokenIs::required : IdTokenIs::ignored, refusal);
  EXPECT_EQ(refusal.error, bytes_or_empty(c, "detail"));
  EXPECT_EQ(refusal.error_description, bytes_or_empty(c, "description"));
  if (c.contains("error")) {
    ASSERT_FALSE(tokens);
    EXPECT_EQ(name_of(tokens.error().code), c.at("error").get<std::string>());
    if (c.contains("parameter")) EXPECT_EQ(tokens.error().parameter, c.at("parameter").get<std::string>());
    return;
  }
  ASSERT_TRUE(tokens) << name_of(tokens.error().code) << " " << tokens.error().parameter;
  const Json& want = c.at("want");
  EXPECT_EQ(tokens->access_token, bytes_or_empty(want, "access_token"));
  EXPECT_EQ(tokens->refresh_token, bytes_or_empty(want, "refresh_token"));
  EXPECT_EQ(tokens->id_token, bytes_or_empty(want, "id_token"));
  EXPECT_EQ(tokens->scope, bytes_or_empty(want, "scope"));
  EXPECT_EQ(static_cast<bool>(tokens->expires_in), want.contains("expires_in"));
  if (tokens->expires_in && want.contains("expires_in"))
    EXPECT_EQ(*tokens->expires_in, want.at("expires_in").get<std::int64_t>());
}

}  // namespace
}  // namespace landfall
