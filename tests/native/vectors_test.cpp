#include "vectors.hpp"

#include <filesystem>

namespace {

std::set<std::string> files_on_disk() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(LANDFALL_VECTORS_DIR)) {
    const auto path = entry.path().lexically_relative(LANDFALL_VECTORS_DIR);
    if (path.extension() == ".json" && path != "schema.json") names.insert(path.parent_path() / path.stem());
  }
  return names;
}

/// Files that take a whole callback, with its handlers and its network, or that check a table as the tools read it:
/// only JavaScript runs them.
const std::set<std::string> kRunByNode{"callback_cases", "kept_cookies", "provider_facts"};

bool is_named_in_node_tests(const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(LANDFALL_VECTORS_DIR).parent_path() / "node";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".mjs") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.find(name) != std::string::npos) return true;
  }
  return false;
}

TEST(Vectors, EveryFileIsReadByATest) {
  const std::set<std::string> files = files_on_disk();
  EXPECT_FALSE(files.empty());
  for (const std::string& name : files) {
    if (kRunByNode.count(name) != 0 && is_named_in_node_tests(name)) continue;
    EXPECT_EQ(vectors::known_files().count(name), 1u) << "no test reads tests/vectors/" << name << ".json";
  }
  for (const std::string& name : vectors::known_files()) {
    EXPECT_EQ(files.count(name), 1u) << "a test reads tests/vectors/" << name << ".json, which is not there";
  }
}

TEST(Vectors, EveryFileHasTheShapeOfTheSchema) {
  for (const std::string& name : files_on_disk()) {
    SCOPED_TRACE(name);
    const vectors::Json document = vectors::load(name);
    EXPECT_EQ(document.size(), 4u) << "members other than name, source, count and cases";
    EXPECT_FALSE(document.at("source").get<std::string>().empty());
    std::set<std::string> ids;
    for (const vectors::Json& c : document.at("cases")) {
      const auto id = c.at("id").get<std::string>();
      EXPECT_TRUE(ids.insert(id).second) << "two cases have the id " << id;
      EXPECT_FALSE(c.at("comment").get<std::string>().empty()) << id;
      EXPECT_GE(c.size(), 3u) << id << " wants nothing";
    }
  }
}

}  // namespace
