#include <algorithm>
#include <string>

#include "base/limits.hpp"
#include "rules/supabase/verifiers.hpp"
#include "supabase_case.hpp"

namespace landfall::supabase {
namespace {

class ProjectCookiesTest : public testing::Test {
 protected:
  static std::string verifier_cookies(std::size_t count) {
    std::string header;
    for (std::size_t i = 0; i < count; ++i)
      header += "sb-a-flow-" + std::to_string(10'000'000 + i) + "-code-verifier=v; ";
    return header;
  }

  static std::string index_of(std::size_t count) {
    std::string json = "[";
    for (std::size_t i = 0; i < count; ++i) json += (i == 0 ? "\"" : ",\"") + std::to_string(10'000'000 + i) + "\"";
    return json + "]";
  }

  Memory memory_;
  const MemoryScope scope_{memory_};
};

TEST_F(ProjectCookiesTest, ASessionsSuffixIsNoneOrANumber) {
  for (const char* suffix : {"", ".0", ".9", ".10", ".99999999999999999999"}) EXPECT_TRUE(is_session_suffix(suffix));
  for (const char* suffix : {".", "1", "-1", ".00", ".01", ".1a", ".a", "..1", ".-1", ".1."})
    EXPECT_FALSE(is_session_suffix(suffix)) << suffix;
}

TEST_F(ProjectCookiesTest, OthersHaveALimit) {
  for (const std::size_t count : {kMaxOtherProjectCookies - 1, kMaxOtherProjectCookies, kMaxOtherProjectCookies + 1}) {
    const std::string header = verifier_cookies(count);
    EXPECT_EQ(ProjectCookies(header, "sb-a").all().size(), std::min(count, kMaxOtherProjectCookies));
  }
}

TEST_F(ProjectCookiesTest, ASessionIsReadBehindAllOthers) {
  const std::string header = verifier_cookies(kMaxOtherProjectCookies) + "sb-a=s; sb-a.0=a; sb-a.10=b; sb-a.100=c";
  const ProjectCookies cookies(header, "sb-a");
  EXPECT_EQ(cookies.value(""), "s");
  EXPECT_EQ(cookies.value(".0"), "a");
  EXPECT_EQ(cookies.value(".10"), "b") << "no session has more digits";
  EXPECT_FALSE(cookies.has(".100"));
}

// A forged one may have any length. What is in it is compared with each cookie.
TEST_F(ProjectCookiesTest, AnIndexIsReadUpToALimit) {
  Project project;
  project.cookie_name = "sb-a";
  for (const std::size_t count : {kMaxProjectCookies - 1, kMaxProjectCookies, kMaxProjectCookies + 1}) {
    const std::string header = "sb-a-flows-code-verifier=" + as_cookie(index_of(count));
    CookieWriter writer(project, true);
    start_verifier(writer, ProjectCookies(header, "sb-a"), "new-flow", std::string(43, 'v'));
    const std::size_t read = std::min(count, kMaxProjectCookies);
    std::string wanted = "[";
    for (std::size_t i = read - (kMaxSupabaseFlows - 1); i < read; ++i)
      wanted += "\"" + std::to_string(10'000'000 + i) + "\",";
    List<std::string_view> lines;
    writer.append_to(lines);
    ASSERT_EQ(lines.size(), 3u);
    const std::string index = "sb-a-flows-code-verifier=" + as_cookie(wanted + "\"new-flow\"]") + ";";
    EXPECT_TRUE(lines[1].starts_with(index)) << lines[1];
  }
}

}  // namespace
}  // namespace landfall::supabase
