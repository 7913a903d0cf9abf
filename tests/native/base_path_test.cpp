#include "rules/base_path.hpp"

#include "vectors.hpp"

namespace landfall {
namespace {

VECTOR_TEST(BasePath, base_path) {
  const std::string base_path = vectors::bytes(c.at("base_path"));
  const std::string path = vectors::bytes(c.at("path"));
  const std::string_view address = in_base_path(base_path, path);
  EXPECT_EQ(address, c.at("address").get<std::string>());
  EXPECT_EQ(in_base_path(base_path, address), address) << "what is below the base stays as it is";
}

}  // namespace
}  // namespace landfall
