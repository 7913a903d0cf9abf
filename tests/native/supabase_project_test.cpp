#include "rules/supabase/project.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/memory.hpp"

namespace landfall::supabase {
namespace {

/// The characters that may stand behind a text, of all bytes.
std::string characters_behind(const std::string& start) {
  std::string fitting;
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    if (is_auth_provider_name(start + c)) fitting += c;
  }
  return fitting;
}

TEST(SupabaseProject, AProvidersNameHasAnAlphabet) {
  const std::string digits = "0123456789";
  const std::string lower = "abcdefghijklmnopqrstuvwxyz";
  EXPECT_EQ(characters_behind(""), digits + "_" + lower);
  EXPECT_EQ(characters_behind("a"), digits + "_" + lower);
  EXPECT_EQ(characters_behind("custom:"), "-." + digits + ":ABCDEFGHIJKLMNOPQRSTUVWXYZ_" + lower);
}

TEST(SupabaseProject, AProvidersNameHasALength) {
  for (const std::string start : {"", "custom:"}) {
    EXPECT_FALSE(is_auth_provider_name(start)) << start;
    EXPECT_TRUE(is_auth_provider_name(start + std::string(64, 'a'))) << start;
    EXPECT_FALSE(is_auth_provider_name(start + std::string(65, 'a'))) << start;
  }
}

class AuthProviders : public testing::Test {
 protected:
  std::string find(std::string_view name) const { return std::string(find_auth_provider(project_, name).name); }

  Memory memory_;
  const MemoryScope scope_{memory_};
  Project project_;
};

TEST_F(AuthProviders, AreThoseOfTheServer) {
  EXPECT_EQ(find("github"), "github");
  EXPECT_EQ(find("GitHub"), "github") << "the server has it in lower case";
  EXPECT_EQ(find("git"), "");
  EXPECT_EQ(find("unknown"), "");
  EXPECT_EQ(find(""), "");
  EXPECT_EQ(find("apple azure"), "") << "these are two";
}

TEST_F(AuthProviders, MayBeTheAppsOwn) {
  EXPECT_EQ(find("custom:My.Work"), "custom:My.Work") << "the server has it as the app wrote it";
  EXPECT_EQ(find("custom:"), "");
  EXPECT_EQ(find("custom:a b"), "");
  EXPECT_EQ(find("Custom:Work"), "custom:work");
}

TEST_F(AuthProviders, MayBeConfigured) {
  project_.providers.push_back({.name = "gitea", .options = {.scopes = "read", .query_params = {}}});
  EXPECT_EQ(find("Gitea"), "gitea");
  EXPECT_EQ(find_auth_provider(project_, "gitea").options.scopes, "read");
  EXPECT_EQ(find_auth_provider(project_, "github").options.scopes, "");
  EXPECT_EQ(find(""), "gitea") << "the only one";
  project_.providers.push_back({.name = "other", .options = {}});
  EXPECT_EQ(find(""), "");
}

}  // namespace
}  // namespace landfall::supabase
