#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"

#include <array>

#include "guarded_text.hpp"
#include "json/compact.hpp"
#include "json/json.hpp"
#include "provider_case.hpp"
#include "vectors.hpp"

namespace landfall::supabase {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;
using vectors::name_of;

constexpr std::int64_t kReceivedAt = 1'768'478'400;

void run_redirect(const Json& c) {
  const Json& in = c.at("redirect");
  const std::string error = bytes_or_empty(in, "error");
  const std::string error_code = bytes_or_empty(in, "error_code");
  const std::string error_description = bytes_or_empty(in, "error_description");
  AuthorizationResponse response;
  response.error = error;
  response.error_code = error_code;
  response.error_description = error_description;
  response.has_error_code = in.contains("error_code");
  EXPECT_EQ(name_of(redirect_error_code(response)), c.at("error").get<std::string>());
}

VECTOR_TEST(SupabaseAuthResponse, supabase_auth_response) {
  if (c.contains("redirect")) return run_redirect(c);
  const std::string body = bytes_or_empty(c, "body");
  const std::string content_type = bytes_or_empty(c, "content_type");
  FetchResult result;
  result.failure = failure_of(bytes_or_empty(c, "failure"));
  result.status = c.value("status", std::int64_t{0});
  result.content_type = content_type;
  result.body = body;

  ProviderError refusal;
  const auto read = parse_session_response(result, refusal);
  EXPECT_EQ(is_retryable(result), c.at("retryable").get<bool>());
  EXPECT_EQ(refusal.error, bytes_or_empty(c, "detail"));
  EXPECT_EQ(refusal.error_description, bytes_or_empty(c, "description"));
  if (c.contains("error")) {
    ASSERT_FALSE(read);
    EXPECT_EQ(name_of(read.error().code), c.at("error").get<std::string>());
    return;
  }
  ASSERT_TRUE(read) << name_of(read.error().code);
  const Text session = complete_session(*read, compact_json(body, {}), kReceivedAt);
  if (c.contains("session"))
    EXPECT_EQ(session, bytes(c.at("session")));
  else
    EXPECT_EQ(Json::parse(session.view()), Json::parse(bytes(c.at("session_equals")))) << session;
}

VECTOR_TEST(SupabaseCompact, supabase_compact) {
  const std::string json = bytes(c.at("json"));
  const std::string without = bytes_or_empty(c, "without");
  constexpr std::array<std::string_view, 1> kWanted{"access_token"};
  ASSERT_NE(parse_json(json, kWanted, 1), nullptr) << "a case that is no JSON";
  const std::string compact = bytes(c.at("compact"));
  EXPECT_EQ(compact_json(GuardedText(json), without), compact);
  EXPECT_EQ(compact_json(compact, without), compact) << "once more changes nothing";
  EXPECT_EQ(compact_json(compact, {}), compact);
}

TEST(SupabaseAuthResponse, MembersHaveTheirSizes) {
  Memory memory;
  const MemoryScope scope(memory);
  const List<MemberSize> sizes =
      member_sizes(R"({"a":"12","b\"":{"c":1,"d":[2,{"e":"}"}]},"f":[1,2,"x,y"],"g":1,"h":{},"":""})");
  std::vector<std::pair<std::string, std::size_t>> got;
  for (const MemberSize& size : sizes) got.emplace_back(size.name, size.bytes);
  const std::vector<std::pair<std::string, std::size_t>> wanted = {{"a", 4}, {"b\\\"", 25}, {"f", 11},
                                                                   {"g", 1}, {"h", 2},      {"", 2}};
  EXPECT_EQ(got, wanted);
  EXPECT_TRUE(member_sizes("{}").empty());
  EXPECT_EQ(member_sizes(GuardedText(R"({"a":"12)")).size(), 1u) << "a text without an end";
}

}  // namespace
}  // namespace landfall::supabase
