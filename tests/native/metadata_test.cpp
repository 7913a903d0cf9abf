#include "rules/metadata.hpp"

#include "provider_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;
using vectors::name_of;

void expect_url(const Json& c) {
  const std::string issuer = bytes(c.at("issuer"));
  Provider provider;
  provider.issuer = issuer;
  provider.openid = c.at("openid").get<bool>();
  EXPECT_EQ(build_metadata_url(provider), c.at("metadata_url").get<std::string>());
}

VECTOR_TEST(Metadata, metadata) {
  if (c.contains("metadata_url")) return expect_url(c);
  const Json& in = c.at("provider");
  const std::string issuer = bytes_or_empty(in, "issuer");
  const std::string client_secret = bytes_or_empty(in, "client_secret");
  const std::string token_endpoint = bytes_or_empty(in, "token_endpoint");
  const std::string jwks_uri = bytes_or_empty(in, "jwks_uri");
  Provider provider;
  provider.issuer = issuer;
  provider.client_secret = client_secret;
  provider.openid = in.value("openid", false);
  provider.userinfo = in.value("userinfo", false) ? Promise::yes : Promise::unset;
  provider.endpoints.token_endpoint = token_endpoint;
  provider.endpoints.jwks_uri = jwks_uri;
  if (in.contains("iss_required"))
    provider.endpoints.iss = in.at("iss_required").get<bool>() ? Promise::yes : Promise::no;
  if (in.contains("authentication"))
    provider.endpoints.authentication = authentication_of(in.at("authentication").get<std::string>());

  const std::string body = bytes(c.at("body"));
  const std::string content_type = c.value("content_type", "application/json");
  FetchResult result;
  result.failure = failure_of(bytes_or_empty(c, "failure"));
  result.status = c.value("status", std::int64_t{200});
  result.content_type = content_type;
  result.body = body;

  const auto endpoints = parse_metadata(result, provider);
  if (c.contains("error")) {
    ASSERT_FALSE(endpoints);
    EXPECT_EQ(name_of(endpoints.error().code), c.at("error").get<std::string>());
    EXPECT_EQ(endpoints.error().parameter, c.at("parameter").get<std::string>());
    return;
  }
  ASSERT_TRUE(endpoints) << name_of(endpoints.error().code) << " " << endpoints.error().parameter;
  const Json& want = c.at("want");
  EXPECT_EQ(endpoints->authorization_endpoint, bytes_or_empty(want, "authorization_endpoint"));
  EXPECT_EQ(endpoints->token_endpoint, bytes_or_empty(want, "token_endpoint"));
  EXPECT_EQ(endpoints->jwks_uri, bytes_or_empty(want, "jwks_uri"));
  EXPECT_EQ(endpoints->userinfo_endpoint, bytes_or_empty(want, "userinfo_endpoint"));
  EXPECT_EQ(endpoints->revocation_endpoint, bytes_or_empty(want, "revocation_endpoint"));
  EXPECT_EQ(endpoints->authentication, authentication_of(want.at("authentication").get<std::string>()));
  EXPECT_EQ(endpoints->iss == Promise::yes, want.at("iss_required").get<bool>());
  EXPECT_EQ(endpoints->id_token_algs, bytes_or_empty(want, "id_token_algs"));
}

}  // namespace
}  // namespace landfall
