#include <map>
#include <string>

#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "supabase_case.hpp"
#include "web/form.hpp"

namespace landfall::supabase {
namespace {

/// The Cookie header of a browser that has what a writer sets.
std::string header_of(const CookieWriter& writer) {
  List<std::string_view> lines;
  writer.append_to(lines);
  std::string header;
  for (const std::string_view line : lines)
    header += (header.empty() ? "" : "; ") + std::string(line.substr(0, line.find(';')));
  return header;
}

TEST(SupabaseRawCookies, AValueIsPercentEncoded) {
  Memory memory;
  const MemoryScope scope(memory);
  EXPECT_EQ(encode_cookie("{\"a b\":\"-._\"}", true), "%7B%22a%20b%22%3A%22-._%22%7D");
  EXPECT_EQ(encode_cookie(" + ", true), "%20%2B%20");
  EXPECT_EQ(encode_cookie("", true), "");
}

// Each cookie is decoded by itself, so every one of them has whole characters, as long as a cookie may be.
TEST(SupabaseRawCookies, AValueIsCutBetweenCharacters) {
  Memory memory;
  const MemoryScope scope(memory);
  Project project;
  project.cookie_name = "sb-a-auth-token";
  project.raw_cookies = true;
  for (const std::string character :
       {"a", "\"", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xef\xbf\xbf", "\xc2\x80", "\xc2\xbf"})
    for (std::size_t shift = 0; shift < 14; ++shift) {
      std::string text(shift, 'x');
      while (text.size() < 4 * kSessionChunkBytes) text += character;
      CookieWriter writer(project, true);
      write_session(writer, ProjectCookies("", project.cookie_name), text);
      const std::string header = header_of(writer);
      const ProjectCookies cookies(header, project.cookie_name);
      EXPECT_EQ(read_session(cookies)->view(), text);
      for (std::size_t i = 0; i + 1 < cookies.all().size(); ++i) {
        const std::string_view value = cookies.value("." + std::to_string(i));
        const std::string decoded(percent_decode(value).view());
        EXPECT_TRUE(is_utf8(decoded) && decoded.find('%') == std::string::npos) << value.substr(value.size() - 12);
        EXPECT_LE(value.size(), kSessionChunkBytes);
        EXPECT_GT(value.size(), kSessionChunkBytes - 3 * character.size());
      }
    }
}

TEST(SupabaseRawCookies, AValueIsCutOnlyWhereItIsTooLong) {
  Memory memory;
  const MemoryScope scope(memory);
  Project project;
  project.cookie_name = "sb-a-auth-token";
  project.raw_cookies = true;
  const std::map<std::size_t, std::size_t> counts = {{kSessionChunkBytes, 1},
                                                     {kSessionChunkBytes + 1, 2},
                                                     {2 * kSessionChunkBytes, 2},
                                                     {2 * kSessionChunkBytes + 1, 3}};
  for (const auto& [size, count] : counts) {
    CookieWriter writer(project, true);
    write_session(writer, ProjectCookies("", project.cookie_name), std::string(size, 'x'));
    const std::string header = header_of(writer);
    const ProjectCookies cookies(header, project.cookie_name);
    EXPECT_EQ(cookies.all().size(), count) << size;
    EXPECT_EQ(cookies.value(count == 1 ? "" : ".0").size(), kSessionChunkBytes) << size;
  }
}

}  // namespace
}  // namespace landfall::supabase
