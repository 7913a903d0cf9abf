#include <random>

#include "base/ascii.hpp"
#include "rules/supabase/session.hpp"
#include "supabase_case.hpp"

namespace landfall {
namespace {

/// Whatever bytes come: an answer, header lines of printable ASCII, and a session only from a good answer.
class SupabaseHostile : public SupabaseCase {
 protected:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_()) % bound; }

  /// One of the texts, with a few bytes changed, cut, doubled or put in.
  std::string mutate(std::string text, std::string_view bytes = {}) {
    for (std::size_t n = below(5); n > 0 && !text.empty(); --n) {
      const std::size_t at = below(text.size());
      const char byte = bytes.empty() || below(3) == 0 ? static_cast<char>(below(256)) : bytes[below(bytes.size())];
      switch (below(5)) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1 + below(8));
          break;
        case 3:
          text.resize(at);
          break;
        default:
          text.insert(at, text.substr(below(text.size()), below(40)));
      }
    }
    return text;
  }

  std::string noise(std::size_t size) {
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(below(256));
    return text;
  }

  static void expect_clean(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      EXPECT_TRUE(is_printable_ascii(line)) << testing::PrintToString(line);
      EXPECT_NE(line.find("; Path=/; Max-Age="), std::string::npos) << line;
    }
  }

  static void expect_session(const std::string& text) {
    Memory memory;
    const MemoryScope scope(memory);
    EXPECT_NE(supabase::parse_session(text), nullptr) << text;
  }

  static void expect_ascii(const StepCase& step) {
    for (const std::string& field : step.fields)
      for (const char c : field) EXPECT_LT(static_cast<unsigned char>(c), 0x80u);
  }

 private:
  std::minstd_rand random_{20'260'115};
};

TEST_F(SupabaseHostile, CookieHeaders) {
  configure();
  const std::string key(kKey);
  const std::string good = as_cookie(kSessionJson);
  const std::string flow_id = sign_in();
  const std::vector<std::string> seeds = {
      key + "=" + good,
      key + ".0=" + good.substr(0, 50) + "; " + key + ".1=" + good.substr(50),
      key + "=base64l-" + "4f-" + good.substr(7) + "; " + key + ".10=x; " + key + ".0=y",
      key + "=%7B%22access_token%22%3A%22a%22%2C%22refresh_token%22%3A%22r%22%2C%22expires_at%22%3A1%7D",
      cookie_header(),
      key + "-flows-code-verifier=" + as_cookie("[\"aaaaaaaa\",\"bbbbbbbb\"]") + "; " + key +
          "-flow-aaaaaaaa-code-verifier=" + as_cookie("\"" + std::string(43, 'a') + "/recovery\"")};
  for (int i = 0; i < 6'000; ++i) {
    const std::string header =
        i % 10 == 0 ? key + "=" + noise(below(200)) : mutate(seeds[below(seeds.size())], ".;=-%,\"{}[] /_0159base64l");
    SCOPED_TRACE(testing::PrintToString(header));
    const std::map<RequestHeader, std::string> headers = {{RequestHeader::cookie, header}};

    const StepCase session = read_session(headers);
    ASSERT_EQ(session.kind(), StepKind::stored_session);
    expect_ascii(session);
    expect_clean({session.fields.begin() + stored_session_field::set_cookie_0, session.fields.end()});
    if (!session.at(stored_session_field::session).empty()) {
      EXPECT_EQ(session.fields.size(), std::size_t{stored_session_field::set_cookie_0});
      expect_session(session.at(stored_session_field::session));
    }
    const StepCase left = request(Route::sign_out, "/auth/sign-out", "POST", headers);
    expect_ascii(left);
    if (left.kind() == StepKind::respond) expect_clean(set_cookies(left));
    const StepCase started = request(Route::sign_in, "/auth/sign-in?provider=bitbucket", "GET", headers);
    EXPECT_EQ(started.at(respond_field::status), "303");
    EXPECT_LE(set_cookies(started).size(), 4 + kMaxProjectCookies + kMaxCookiesSwept);
    expect_clean(set_cookies(started));

    const std::string query = "code=" + std::string(kCode) + (i % 2 == 0 ? "&sb_flow_id=" + flow_id : "");
    StepCase step = request(Route::callback, "/auth/callback?" + query, "GET", headers);
    expect_ascii(step);
    if (step.kind() == StepKind::fetch) step = accept(answer(step, kSessionJson));
    ASSERT_EQ(step.kind(), StepKind::respond);
    expect_clean(set_cookies(step));
    if (HasFailure()) return;
  }
}

TEST_F(SupabaseHostile, TokenAnswers) {
  configure();
  const std::string flow_id = sign_in();
  const StepCase fetch = call_back("code=" + std::string(kCode) + "&sb_flow_id=" + flow_id);
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  const std::vector<std::string> seeds = {
      std::string(kSessionJson), R"({"code":"bad_code_verifier","message":"m"})",
      R"({"code":400,"error_code":"otp_expired","msg":"m\u00e9\ud83d"})",
      R"({"access_token":"at","refresh_token":"rt","expires_in":3600,"user":{"a":[1,{"b":"\ud83d\ude00\\"}]}})",
      R"({"error":"invalid_grant","error_description":"d"})"};
  std::size_t sessions = 0;
  for (int i = 0; i < 8'000; ++i) {
    const std::string body =
        i % 20 == 0 ? noise(below(300)) : mutate(seeds[below(seeds.size())], "{}[]\",:\\u0019tfn e-+");
    const int status = below(2) == 0 ? 200 : static_cast<int>(below(600));
    SCOPED_TRACE(std::to_string(status) + " " + testing::PrintToString(body));
    const StepCase step = answer(fetch, body, status);
    expect_ascii(step);
    if (step.kind() == StepKind::fetch) continue;
    if (step.kind() == StepKind::respond) {
      expect_clean(set_cookies(step));
      expect_failure(step, step.at(respond_field::code));
      EXPECT_FALSE(step.at(respond_field::code).empty());
    } else {
      ++sessions;
      ASSERT_EQ(step.kind(), StepKind::session);
      expect_session(step.at(session_field::session));
      const StepCase done = accept(step);
      ASSERT_EQ(done.kind(), StepKind::respond);
      EXPECT_EQ(done.at(respond_field::code), "");
      expect_ascii(done);
      expect_clean(set_cookies(done));
      // What was written is read back as the same session.
      const auto before = jar;
      follow(done);
      // Its profile comes last, and is not in the cookies; a session with two users has none.
      std::string kept = step.at(session_field::session);
      if (const std::size_t end = kept.rfind(",\"profile\":{"); end != std::string::npos)
        kept.replace(end, kept.size(), "}");
      EXPECT_EQ(read_session().at(stored_session_field::session), kept);
      jar = before;
      (void)call_back("code=" + std::string(kCode) + "&sb_flow_id=" + flow_id);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(sessions, 100u);
}

// A sibling sub-domain can set cookies that begin like the session's, and have them come first.
TEST_F(SupabaseHostile, ACrowdOfPlantedCookiesHidesNoSession) {
  configure();
  std::string header;
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    header += std::string(kKey) + "-" + number + "=x; " + std::string(kKey) + "." + std::to_string(1000 + i) + "=x; " +
              std::string(kKey) + "-flow-aaaaaaaa" + number + "-code-verifier=x; ";
  }
  const std::map<RequestHeader, std::string> headers = {
      {RequestHeader::cookie, header + std::string(kKey) + "=" + as_cookie(kSessionJson)}};
  EXPECT_FALSE(read_session(headers).at(stored_session_field::session).empty());
  const StepCase left = request(Route::sign_out, "/auth/sign-out", "POST", headers);
  EXPECT_EQ(left.kind(), StepKind::fetch) << "its session is ended at the server";
  const StepCase done = answer(left, "", 204);
  bool is_removed = false;
  for (const std::string& line : set_cookies(done)) is_removed |= line.starts_with(std::string(kKey) + "=;");
  EXPECT_TRUE(is_removed);
}

TEST_F(SupabaseHostile, AHeaderOfForgedCookiesCostsLittle) {
  configure();
  std::string header;
  for (int i = 0; header.size() < kMaxCookieHeaderBytes; ++i)
    header += std::string(kKey) + (i % 2 == 0 ? "." : "-flow-aaaaaaaa") + std::to_string(i) +
              (i % 2 == 0 ? "=x; " : "-code-verifier=x; ");
  const std::map<RequestHeader, std::string> headers = {{RequestHeader::cookie, header}};
  const StepCase started = request(Route::sign_in, "/auth/sign-in?provider=bitbucket", "GET", headers);
  EXPECT_LE(set_cookies(started).size(), 4 + kMaxProjectCookies);
  EXPECT_LE(read_session(headers).fields.size(), stored_session_field::set_cookie_0 + kMaxProjectCookies);
  const StepCase left = request(Route::sign_out, "/auth/sign-out", "POST", headers);
  EXPECT_LE(set_cookies(left).size(), kMaxProjectCookies);
}

}  // namespace
}  // namespace landfall
