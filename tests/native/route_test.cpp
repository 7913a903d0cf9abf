#include "rules/route.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.hpp"
#include "base/memory.hpp"

namespace landfall {
namespace {

class Routes : public testing::Test {
  Memory memory_;
  const MemoryScope scope_{memory_};
};

TEST_F(Routes, OneSlashAtTheEndDoesNotCount) {
  EXPECT_TRUE(is_route("/a", "/a"));
  EXPECT_TRUE(is_route("/a/", "/a"));
  EXPECT_TRUE(is_route("/a", "/a/"));
  EXPECT_FALSE(is_route("/a//", "/a"));
  EXPECT_FALSE(is_route("/A", "/a"));
  EXPECT_TRUE(is_route("/", "/"));
  EXPECT_TRUE(is_route("//", "/")) << "the root is its slash";
  EXPECT_FALSE(is_route("", "/"));
}

TEST_F(Routes, APathIsDecodedAsOftenAsItMayBeOnItsWay) {
  std::string path = "/%61";
  for (int i = 1; i < kMaxRouteDecodings; ++i) path.insert(path.find('%') + 1, "25");
  EXPECT_TRUE(is_same_route(path, "/a")) << path;
  path.insert(path.find('%') + 1, "25");
  EXPECT_FALSE(is_same_route(path, "/a")) << path;
}

TEST_F(Routes, APathBelowAnotherHasASlashMore) {
  EXPECT_TRUE(is_route_below("/a/b", "/A"));
  EXPECT_FALSE(is_route_below("/ab", "/a"));
  EXPECT_FALSE(is_route_below("/a", "/a"));
}

// A provider may compare what is registered with the beginning of an address: as it stands, or as the app reads it.
TEST_F(Routes, OfNestedPathsOneIsTheBeginningOfTheOther) {
  EXPECT_TRUE(are_nested("/a", "/ab"));
  EXPECT_TRUE(are_nested("/ab", "/a"));
  EXPECT_FALSE(are_nested("/ab", "/ac"));
  EXPECT_TRUE(are_nested("/AB", "/a")) << "as the app reads them";
  EXPECT_TRUE(are_nested("/a", "/AB"));
  EXPECT_TRUE(are_nested("/a%62", "/a%")) << "as they stand";
  EXPECT_TRUE(are_nested("/a%", "/a%62"));
}

}  // namespace
}  // namespace landfall
