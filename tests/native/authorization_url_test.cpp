#include "rules/authorization_url.hpp"

#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

VECTOR_TEST(AuthorizationUrl, authorization_url) {
  if (c.contains("name")) {
    EXPECT_EQ(is_reserved_parameter(bytes(c.at("name"))), c.at("reserved").get<bool>());
    return;
  }
  const std::string client_id = bytes(c.at("client_id"));
  const std::string scope = bytes(c.at("scope"));
  const std::string state = bytes(c.at("state"));
  const std::string code_verifier = bytes(c.at("code_verifier"));
  const std::string nonce = bytes(c.at("nonce"));
  const std::string redirect_uri = bytes(c.at("redirect_uri"));
  const std::string authorization_endpoint = bytes(c.at("authorization_endpoint"));
  const auto params = c.at("authorization_params").get<std::vector<std::pair<std::string, std::string>>>();
  Provider provider;
  provider.client_id = client_id;
  provider.scope = scope;
  provider.form_post = c.at("form_post").get<bool>();
  for (const auto& [name, value] : params) provider.authorization_params.push_back({name, value});
  Transaction transaction;
  transaction.state = state;
  transaction.code_verifier = code_verifier;
  transaction.nonce = nonce;
  const auto url = build_authorization_url(provider, authorization_endpoint, transaction, redirect_uri);
  EXPECT_EQ(url, c.at("url").get<std::string>());
  EXPECT_EQ(std::string_view(url).find(code_verifier), std::string_view::npos);
}

}  // namespace
}  // namespace landfall
