#include "flow/respond.hpp"

#include "base/capabilities.hpp"
#include "codec/config.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs headers_of(const Respond& respond) {
  Pairs out;
  for (const Header& header : respond.headers) out.emplace_back(header.name, header.value);
  return out;
}

constexpr std::string_view kOptions =
    R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"},"secret":"0123456789abcdef0123456789abcdef",)"
    R"("providers":{"bitbucket":{"clientId":"c"},)"
    R"("work":{"clientId":"c","issuer":"https://as.example","callback":"/Login/caf%C3%A9"}}})";

void expect_target(const Json& c) {
  Config config;
  ASSERT_FALSE(read_config(kOptions, config));
  const std::string next = bytes(c.at("next"));
  const std::string origin = bytes(c.at("origin"));
  const std::string fallback = bytes(c.at("fallback"));
  EXPECT_EQ(choose_next(config, next, origin, fallback), bytes(c.at("target")));
}

VECTOR_TEST(Respond, respond) {
  // A core without one of its routes takes a path for a page of the app.
  if (c.contains("target") && !(kHasSupabase && kHasProviders)) return;
  if (c.contains("target")) return expect_target(c);
  const Json& in = c.contains("outcome") ? c.at("outcome") : c;
  const auto cookies = in.at("set_cookies").get<std::vector<std::string>>();
  const std::string provider = bytes_or_empty(in, "provider");
  const std::string next = bytes_or_empty(in, "next");
  const std::string detail = bytes_or_empty(in, "detail");
  const std::string description = bytes_or_empty(in, "description");
  Outcome outcome;
  outcome.provider = provider;
  outcome.next = next;
  outcome.detail = detail;
  outcome.description = description;
  for (const std::string& cookie : cookies) outcome.set_cookies.push_back(cookie);

  const std::string location = bytes_or_empty(c, "location");
  const std::string error_path = bytes_or_empty(c, "error_path");
  const std::string parameter = bytes_or_empty(c, "parameter");
  Config config;
  config.paths.error = error_path;
  const Respond respond =
      c.contains("location")
          ? respond_redirect(location, outcome.set_cookies)
          : respond_error(config, Error{find_error(c.at("code").get<std::string>()), parameter}, outcome);
  EXPECT_EQ(respond.status, c.at("status").get<int>());
  EXPECT_EQ(headers_of(respond), c.at("headers").get<Pairs>());
  EXPECT_EQ(vectors::name_of(respond.code), c.value("code", "ok"));
  EXPECT_EQ(respond.parameter, parameter);
  if (!c.contains("outcome")) return;
  EXPECT_EQ(respond.provider, provider);
  EXPECT_EQ(respond.next, next);
  EXPECT_EQ(respond.detail, detail);
  EXPECT_EQ(respond.description, description);
}

TEST(Respond, EveryErrorIsNamedOnceAndAnswered) {
  const Config config;
  for (int i = 1; error_row(static_cast<ErrorCode>(i)).name != "internal_error"; ++i) {
    const auto code = static_cast<ErrorCode>(i);
    const ErrorRow& row = error_row(code);
    EXPECT_EQ(find_error(row.name), code);
    const Pairs headers = headers_of(respond_error(config, Error{code}));
    EXPECT_NE(std::find(headers.begin(), headers.end(), Pairs::value_type("cache-control", "no-store")), headers.end());
    EXPECT_NE(std::find(headers.begin(), headers.end(), Pairs::value_type("referrer-policy", "no-referrer")),
              headers.end());
  }
  EXPECT_EQ(find_error("no such code"), ErrorCode::internal_error);
  EXPECT_EQ(find_error(""), ErrorCode::internal_error);
}

TEST(Respond, NothingIsTwoHundredAndFour) {
  const Respond respond = respond_nothing();
  EXPECT_EQ(respond.status, 204);
  EXPECT_EQ(headers_of(respond), (Pairs{{"cache-control", "no-store"}, {"referrer-policy", "no-referrer"}}));
}

}  // namespace
}  // namespace landfall
