#include "rules/pkce.hpp"

#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;

VECTOR_TEST(Pkce, pkce) {
  if (c.contains("is_code_verifier")) {
    EXPECT_EQ(is_code_verifier(bytes(c.at("text"))), c.at("is_code_verifier").get<bool>());
    return;
  }
  const auto code_verifier = c.at("code_verifier").get<std::string>();
  if (c.contains("entropy")) EXPECT_EQ(make_code_verifier(bytes(c.at("entropy"))), code_verifier);
  EXPECT_EQ(code_challenge(code_verifier), c.at("code_challenge").get<std::string>());
  EXPECT_TRUE(is_code_verifier(code_verifier));
}

TEST(Pkce, EveryByteOfACodeVerifier) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool allowed =
        byte != 0 && std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~").find(c) !=
                         std::string_view::npos;
    EXPECT_EQ(is_code_verifier(std::string(42, 'a') + c), allowed) << byte;
  }
}

}  // namespace
}  // namespace landfall
