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

TEST(Vectors, EveryFileIsReadByATest) {
  const std::set<std::string> files = files_on_disk();
  EXPECT_FALSE(files.empty());
  for (const std::string& name : files) {
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
