#include "base/capabilities.hpp"
#include "core_case.hpp"
#include "rules/supabase/authorize_url.hpp"
#include "vectors.hpp"

namespace landfall::supabase {
namespace {

using vectors::bytes;
using vectors::Json;

VECTOR_TEST(SupabaseUrl, supabase_redirect_to) {
  if (c.contains("not_applicable")) return;
  const std::string redirect_to = bytes(c.at("redirect_to"));
  const std::string flow_id = bytes(c.at("flow_id"));
  const std::string want = bytes(c.at("want"));
  EXPECT_EQ(with_flow_id(redirect_to, flow_id), want);
  EXPECT_EQ(with_flow_id(want, flow_id), want) << "once more changes nothing";
}

// Through configure and start, which is where the URL is read.
VECTOR_TEST(SupabaseUrl, supabase_storage_key) {
  if (!kHasSupabase) return;  // the vectors of the options say what refuses the option
  Core core;
  const Json config = {{"supabase", {{"url", bytes(c.at("url"))}, {"key", "anon"}}},
                       {"secret", std::string(32, 's')},
                       {"origin", "https://app.example"}};
  const auto step = handle(core, Operation::configure, {config.dump()});
  const bool is_ready = step.at(0) == std::to_string(static_cast<int>(StepKind::ready));
  if (c.contains("refused")) {
    ASSERT_FALSE(is_ready);
    EXPECT_EQ(step.at(refused_field::parameter), c.value("parameter", "supabase.url"));
    EXPECT_EQ(step.at(refused_field::problem), c.at("refused").get<std::string>());
    return;
  }
  ASSERT_TRUE(is_ready) << step.at(refused_field::parameter) << " " << step.at(refused_field::problem);
  EXPECT_EQ(step.at(ready_field::cookie_name), bytes(c.at("cookie_name")));
  const auto started =
      handle(core, Operation::start,
             {"1750000000", make_entropy(), "bitbucket", "/", "", "", "", "", "", "", "", "", "", "", "", "", ""});
  ASSERT_EQ(started.at(0), std::to_string(static_cast<int>(StepKind::started)));
  const std::string& url = started.at(started_field::url);
  EXPECT_TRUE(url.starts_with(bytes(c.at("api")) + "/authorize?provider=bitbucket&")) << url;
}

}  // namespace
}  // namespace landfall::supabase
