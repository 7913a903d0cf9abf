#include "rules/token_request.hpp"

#include "provider_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;

VECTOR_TEST(TokenRequest, token_request) {
  const std::string client_id = bytes(c.at("client_id"));
  const std::string client_secret = bytes(c.at("client_secret"));
  Provider provider;
  provider.client_id = client_id;
  provider.client_secret = client_secret;
  const ClientAuthentication authentication = authentication_of(c.at("authentication").get<std::string>());
  ClientRequest request;
  if (c.contains("token")) {
    request = build_revocation_request(provider, authentication, client_secret, bytes(c.at("token")),
                                       c.at("token_type_hint").get<std::string>());
  } else {
    request = build_token_request(provider, authentication, client_secret, bytes(c.at("code")),
                                  bytes(c.at("redirect_uri")), bytes(c.at("code_verifier")));
    EXPECT_NE(std::string_view(request.body).find("&code_verifier="), std::string_view::npos);
  }
  EXPECT_EQ(request.body, bytes(c.at("body")));
  EXPECT_EQ(request.authorization, c.at("authorization").get<std::string>());
}

}  // namespace
}  // namespace landfall
