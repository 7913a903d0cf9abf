#include "rules/redirect.hpp"

#include "base/ascii.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

VECTOR_TEST(Redirect, redirect) {
  const std::string redirect = vectors::bytes(c.at("redirect"));
  const Text target = read_redirect(redirect, {});
  if (c.at("location").is_null()) {
    EXPECT_EQ(target, "");
    return;
  }
  EXPECT_EQ(target, c.at("location").get<std::string>());
  EXPECT_TRUE(is_printable_ascii(target));
  EXPECT_EQ(read_redirect(target, {}), target) << "what is safe stays as it is";
}

TEST(Redirect, APathIsOfTheAppBelowItsBase) {
  EXPECT_EQ(read_redirect("/a b", "/shop"), "/shop/a%20b#");
  EXPECT_EQ(read_redirect("/shop/a", "/shop"), "/shop/a#");
  EXPECT_EQ(read_redirect("/", "/shop"), "/shop#");
  EXPECT_EQ(read_redirect("//evil.example", "/shop"), "");
  EXPECT_EQ(read_redirect("https://other.example/", "/shop"), "https://other.example/#");
}

}  // namespace
}  // namespace landfall
