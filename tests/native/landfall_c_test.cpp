#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "base/limits.hpp"

// Of landfall_c.c.
extern "C" int landfall_c_host(const char* options);
extern "C" int landfall_c_limits(const std::uint8_t* large);

namespace landfall {
namespace {

TEST(NativeLibraryInC, ServesAHost) {
  EXPECT_EQ(
      landfall_c_host(R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","providers":)"
                      R"({"work":{"clientId":"client-1","clientSecret":"s",)"
                      R"("authorizationEndpoint":"https://as.example/authorize",)"
                      R"("tokenEndpoint":"https://as.example/token"}}})"),
      0);
}

TEST(NativeLibraryInC, WhatIsNoMessageGetsAnAnswer) {
  const std::vector<std::uint8_t> large(kMaxMessageBytes + 1, 'x');
  EXPECT_EQ(landfall_c_limits(large.data()), 0);
}

}  // namespace
}  // namespace landfall
