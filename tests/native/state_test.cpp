#include "rules/state.hpp"

#include "base/limits.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

void expect_made(const Json& c) {
  const std::string entropy = bytes(c.at("entropy"));
  const auto host = c.at("host").get<std::string>();
  const auto now = c.at("now").get<std::int64_t>();
  const auto wanted = c.at("state").get<std::string>();
  EXPECT_EQ(make_state(entropy, now, host), wanted);
  EXPECT_EQ(make_state(entropy + "more", now, host), wanted) << "more entropy than there is room for";
  EXPECT_LE(wanted.size(), kMaxStateBytes);
  EXPECT_EQ(state_tag(wanted), c.at("tag").get<std::string>());
  EXPECT_TRUE(is_state_tag(state_tag(wanted)));
  const auto hints = parse_state_hints(wanted);
  ASSERT_TRUE(hints);
  EXPECT_EQ(hints->created, c.at("created").get<std::int64_t>());
  EXPECT_EQ(hints->host_hash, c.at("host_hash").get<std::string>());
  EXPECT_EQ(host_hash(host), c.at("host_hash").get<std::string>());
}

VECTOR_TEST(State, state) {
  if (c.contains("entropy")) return expect_made(c);
  if (c.contains("tag")) {
    EXPECT_EQ(is_state_tag(bytes(c.at("tag"))), c.at("is_tag").get<bool>());
    return;
  }
  const std::string text = bytes(c.at("hints_of"));
  const auto hints = parse_state_hints(text);
  const Json& wanted = c.at("hints");
  ASSERT_EQ(hints.has_value(), !wanted.is_null());
  if (!hints) return;
  EXPECT_EQ(hints->created, wanted.at("created").get<std::int64_t>());
  EXPECT_EQ(hints->host_hash, wanted.at("host_hash").get<std::string>());
}

}  // namespace
}  // namespace landfall
