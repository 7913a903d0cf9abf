#include "codec/config.hpp"

#include "codec/nearest.hpp"
#include "core_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

VECTOR_TEST(Config, config) {
  Core core;
  const auto fields = handle(core, Operation::configure, {bytes(c.at("config"))});
  ASSERT_GE(fields.size(), 4u);
  const auto kind = static_cast<StepKind>(std::stoi(fields[0]));
  if (c.contains("refused")) {
    ASSERT_EQ(kind, StepKind::refused);
    EXPECT_EQ(std::vector<std::string>(fields.begin() + 1, fields.end()),
              c.at("refused").get<std::vector<std::string>>());
    return;
  }
  ASSERT_EQ(kind, StepKind::ready) << fields[1] << " " << fields[2];
  const Json& ready = c.at("ready");
  EXPECT_EQ(std::vector<std::string>(fields.begin() + 1, fields.begin() + 5),
            ready.at("paths").get<std::vector<std::string>>());
  std::string missing;
  for (const Json& option : ready.at("missing")) missing += option.get<std::string>() + "\n";
  EXPECT_EQ(fields.at(9), missing);
  std::vector<std::string> providers;
  for (const Json& row : ready.at("providers"))
    for (const Json& text : row) providers.push_back(text.get<std::string>());
  EXPECT_EQ(std::vector<std::string>(fields.begin() + 10, fields.end()), providers);
}

TEST(Config, TheLastOneCounts) {
  Core core;
  const std::string good =
      R"({"providers":{"work":{"issuer":"https://as.example","clientId":"a","clientSecret":"a client secret of 32 bytes, long"}}})";
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(handle(core, Operation::configure, {good}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
    EXPECT_EQ(handle(core, Operation::configure, {"{}"}).at(0), std::to_string(static_cast<int>(StepKind::refused)));
    const auto step = handle(core, Operation::start, {"1750000000", std::string(96, 'x'), "work", "/"});
    EXPECT_EQ(step.at(respond_field::code), "provider_unknown") << "a refused configuration leaves nothing behind";
  }
}

TEST(Config, NearestNames) {
  const std::vector<std::string_view> known{"clientId", "clientSecret", "issuer"};
  EXPECT_EQ(nearest("clientid", known), "clientId");
  EXPECT_EQ(nearest("client_id", known), "clientId");
  EXPECT_EQ(nearest("isuer", known), "issuer");
  EXPECT_EQ(nearest("zzz", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest(std::string(64, 'c'), known), "");
  EXPECT_EQ(nearest(std::string(65, 'c'), known), "");
}

}  // namespace
}  // namespace landfall
