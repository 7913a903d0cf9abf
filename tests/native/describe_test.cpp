#include <fstream>
#include <regex>

#include "core_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::Json;

std::string read_source(const std::string& path) {
  std::ifstream file(std::string(LANDFALL_VECTORS_DIR) + "/../../wasm/" + path);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The lists of messages.def as its text has them.
Json lists_of_messages_def() {
  const std::string text = std::regex_replace(read_source("codec/messages.def"), std::regex(R"(/\*[^*]*\*/)"), "");
  Json lists = Json::object();
  const std::regex list(R"(#define LANDFALL_(\w+)\(X\)((?:[^\\\n]|\\\n)*))");
  const std::regex field(R"(X\((\w+)\))");
  for (std::sregex_iterator at(text.begin(), text.end(), list), end; at != end; ++at) {
    const std::string fields = (*at)[2];
    for (std::sregex_iterator one(fields.begin(), fields.end(), field); one != end; ++one)
      lists[(*at)[1].str()].push_back((*one)[1].str());
  }
  return lists;
}

TEST(Describe, IsOneFieldOfJson) {
  Core core;
  const auto fields = handle(core, Operation::describe, {});
  ASSERT_EQ(fields.size(), 1u);
  const Json module = Json::parse(fields.at(0));
  EXPECT_EQ(module.size(), 5u);
  EXPECT_EQ(module.at("abi"), LANDFALL_ABI);
  EXPECT_TRUE(std::regex_match(module.at("version").get<std::string>(), std::regex(R"(\d+\.\d+\.\d+)")));
  EXPECT_EQ(
      module.at("limits"),
      (Json{{"message_bytes", kMaxMessageBytes}, {"entropy_bytes", kEntropyBytes}, {"secret_bytes", kMinSecretBytes}}));
}

TEST(Describe, ItsListsAreThoseOfMessagesDef) {
  Core core;
  const Json module = Json::parse(handle(core, Operation::describe, {}).at(0));
  const Json lists = lists_of_messages_def();
  EXPECT_GE(lists.size(), 19u);
  EXPECT_EQ(module.at("messages"), lists);
  EXPECT_EQ(lists.at("OPERATION").at(static_cast<std::size_t>(Operation::fail)), "fail");
}

TEST(Describe, ItsErrorsAreThoseOfErrorsDef) {
  Core core;
  const Json module = Json::parse(handle(core, Operation::describe, {}).at(0));
  Json rows = Json::array();
  const std::map<std::string, int> statuses = {
      {"redirect", 303}, {"bad_request", 400}, {"unauthorized", 401}, {"forbidden", 403}, {"method_not_allowed", 405}};
  const std::string text = read_source("base/errors.def");
  const std::regex row(R"re(\nLANDFALL_ERROR\((\w+), (\w+), (\w+), "([^"]*)", "([^"]*)"\))re");
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at)
    rows.push_back({{"code", (*at)[1].str()},
                    {"blame", (*at)[2].str()},
                    {"status", statuses.at((*at)[3].str())},
                    {"message", (*at)[4].str()},
                    {"spec", (*at)[5].str()}});
  EXPECT_GT(rows.size(), 90u);
  EXPECT_EQ(module.at("errors"), rows);
}

TEST(Describe, AConfigurationChangesNothing) {
  Core core;
  const auto before = handle(core, Operation::describe, {});
  handle(core, Operation::configure, {R"({"origin":"https://app.example"})"});
  EXPECT_EQ(handle(core, Operation::describe, {"ignored"}), before);
}

}  // namespace
}  // namespace landfall
