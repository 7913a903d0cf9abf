#include "rules/own_session.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "rules/own_session_cookies.hpp"

namespace landfall {
namespace {

constexpr std::string_view kOrigin = "https://app.example";
constexpr std::string_view kSecret = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kUser = R"({"provider":"work","sub":"1"})";
constexpr std::int64_t kNow = 1'800'000'000;

std::string entropy_of(char byte) { return std::string(kEntropyBytes, byte); }

class OwnSessionTest : public testing::Test {
 protected:
  OwnSessionTest() {
    policy_.is_wanted = true;
    policy_.keys.push_back(SessionKey(kSecret));
    session_ = {.created = kNow,
                .renewed = kNow,
                .sid = "abcdefghijklmnop",
                .provider = "work",
                .user = kUser,
                .data = R"({"role":"admin"})"};
  }

  [[nodiscard]] std::string seal(std::string_view place = kOrigin, char entropy = 'e') const {
    return std::string(
        seal_session(session_, {.cookie_name = "name", .place = place}, policy_.keys.front(), entropy_of(entropy))
            .view());
  }

  [[nodiscard]] const OpenedSession* open(std::string_view sealed, std::string_view name = "name",
                                          std::string_view place = kOrigin) const {
    return open_session(sealed, {.cookie_name = name, .place = place}, {policy_.keys.data(), policy_.keys.size()});
  }

  /// The Set-Cookie values that keep the session.
  std::vector<std::string> write(std::string_view cookie_header = {}, std::string_view origin = kOrigin) {
    List<std::string_view> lines;
    EXPECT_EQ(write_own_session(policy_, origin, cookie_header, session_, entropy_of('e'), kNow, lines), ErrorCode::ok);
    return {lines.begin(), lines.end()};
  }

  /// What the browser sends after these lines.
  static std::string header_of(const std::vector<std::string>& lines) {
    std::string header;
    for (const std::string& line : lines) header += line.substr(0, line.find(';')) + "; ";
    return header;
  }

  [[nodiscard]] const OpenedSession* find(std::string_view header, std::string_view origin = kOrigin,
                                          std::int64_t now = kNow) const {
    return find_own_session(policy_, origin, header, now);
  }

  Memory memory_;
  MemoryScope scope_{memory_};
  SessionPolicy policy_;
  OwnSession session_;
};

TEST_F(OwnSessionTest, WhatIsSealedOpens) {
  const OpenedSession* opened = open(seal());
  ASSERT_NE(opened, nullptr);
  EXPECT_FALSE(opened->has_old_key);
  EXPECT_EQ(opened->session.created, kNow);
  EXPECT_EQ(opened->session.renewed, kNow);
  EXPECT_EQ(opened->session.sid, session_.sid);
  EXPECT_EQ(opened->session.provider, "work");
  EXPECT_EQ(opened->session.user, kUser);
  EXPECT_EQ(opened->session.data, session_.data);
}

TEST_F(OwnSessionTest, EveryCharacterCounts) {
  const std::string sealed = seal();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string other = sealed;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(open(other), nullptr) << i;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) EXPECT_EQ(open(sealed.substr(0, size)), nullptr) << size;
  EXPECT_EQ(open(sealed + "AAAA"), nullptr);
}

TEST_F(OwnSessionTest, ItOpensUnderItsNameAndAtItsPlaceAlone) {
  const std::string sealed = seal();
  EXPECT_EQ(open(sealed, "names"), nullptr);
  EXPECT_EQ(open(sealed, "name", "https://app.example.evil"), nullptr);
  EXPECT_EQ(open(sealed, "name", "http://app.example"), nullptr);
  EXPECT_EQ(open(sealed, "name\nhttps:", "//app.example"), nullptr);
}

TEST_F(OwnSessionTest, OlderSecretsOpenAndTheFirstOneSeals) {
  const std::string sealed = seal();
  List<SessionKey> keys;
  keys.push_back(SessionKey("another secret, another secret, another"));
  keys.push_back(policy_.keys.front());
  policy_.keys = keys;
  const OpenedSession* opened = open(sealed);
  ASSERT_NE(opened, nullptr);
  EXPECT_TRUE(opened->has_old_key);
  const OpenedSession* again = open(seal());
  ASSERT_NE(again, nullptr);
  EXPECT_FALSE(again->has_old_key);
  keys.pop_back();
  policy_.keys = keys;
  EXPECT_EQ(open(sealed), nullptr) << "a secret that is taken away";
}

// The first 24 bytes are the nonce: with one key it must never come twice for two texts.
TEST_F(OwnSessionTest, NoTwoSealsShareTheirNonce) {
  const auto nonce_of = [](const std::string& sealed) {
    return std::string(parse_base64url(std::string_view(sealed).substr(1))->view().substr(0, kSealNonceBytes));
  };
  const std::string first = nonce_of(seal());
  EXPECT_EQ(nonce_of(seal()), first);
  EXPECT_NE(nonce_of(seal(kOrigin, 'f')), first) << "other random bytes";
  EXPECT_NE(nonce_of(seal("https://other.example")), first) << "the same random bytes, another place";
  session_.data = "1";
  EXPECT_NE(nonce_of(seal()), first) << "the same random bytes, another text";
}

TEST_F(OwnSessionTest, ASidIsSixteenCharactersAndSecret) {
  const Text sid = make_sid(policy_.keys.front(), entropy_of('e'));
  EXPECT_EQ(sid.size(), 16u);
  EXPECT_TRUE(is_base64url(sid));
  EXPECT_EQ(make_sid(policy_.keys.front(), entropy_of('e')), sid);
  EXPECT_NE(make_sid(policy_.keys.front(), entropy_of('f')), sid);
  EXPECT_NE(make_sid(SessionKey("another secret, another secret, another"), entropy_of('e')), sid);
}

TEST_F(OwnSessionTest, BothLimitsHoldToTheSecond) {
  const SessionLife life{.max_age = 1000, .idle = 100};
  OwnSession session{.created = kNow, .renewed = kNow};
  EXPECT_TRUE(is_alive(session, life, kNow + 99));
  EXPECT_FALSE(is_alive(session, life, kNow + 100));
  EXPECT_EQ(expiry_of(session, life), kNow + 100);
  session.renewed = kNow + 950;
  EXPECT_TRUE(is_alive(session, life, kNow + 999));
  EXPECT_FALSE(is_alive(session, life, kNow + 1000)) << "used all the time, and over all the same";
  EXPECT_EQ(expiry_of(session, life), kNow + 1000);
}

TEST_F(OwnSessionTest, AClockThatGoesBackEndsASessionBeyondTheSkew) {
  const SessionLife life;
  EXPECT_TRUE(is_alive({.created = kNow, .renewed = kNow}, life, kNow - kClockSkewSeconds));
  EXPECT_FALSE(is_alive({.created = kNow, .renewed = kNow}, life, kNow - kClockSkewSeconds - 1));
  EXPECT_FALSE(is_alive({.created = kNow, .renewed = kNow + kClockSkewSeconds + 1}, life, kNow));
}

TEST_F(OwnSessionTest, ATenthOfIdleLaterItsCookieIsWrittenAgain) {
  const SessionLife life{.max_age = 1000, .idle = 100};
  EXPECT_FALSE(needs_renewal({.renewed = kNow}, life, kNow + 9));
  EXPECT_TRUE(needs_renewal({.renewed = kNow}, life, kNow + 10));
  const SessionLife shortest{.max_age = 5, .idle = 5};
  EXPECT_FALSE(needs_renewal({.renewed = kNow}, shortest, kNow)) << "not at once";
  EXPECT_TRUE(needs_renewal({.renewed = kNow}, shortest, kNow + 1));
}

TEST_F(OwnSessionTest, TheAppSeesTheTimesAndTheData) {
  EXPECT_EQ(build_session_view(session_, {}),
            R"({"user":{"provider":"work","sub":"1"},"provider":"work","created":1800000000,"expires":1800604800,)"
            R"("data":{"role":"admin"},"verified":true})");
  session_.data = {};
  EXPECT_NE(build_session_view(session_, {}).view().find(R"("data":null)"), std::string_view::npos);
}

TEST_F(OwnSessionTest, ItsCookieBelongsToTheHost) {
  const auto lines = write();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=1")) << lines[0];
  EXPECT_TRUE(lines[0].ends_with("; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax")) << lines[0];
  EXPECT_NE(find(header_of(lines)), nullptr);
  EXPECT_EQ(find(header_of(lines), "https://other.example"), nullptr);
}

TEST_F(OwnSessionTest, OnHttpItsNameHasNoPrefix) {
  policy_.same_site = SameSite::none;
  const auto lines = write({}, "http://localhost:3000");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].starts_with("landfall-session=1")) << lines[0];
  EXPECT_TRUE(lines[0].ends_with("; HttpOnly; SameSite=Lax")) << lines[0];
  EXPECT_NE(find(header_of(lines), "http://localhost:3000"), nullptr);
  EXPECT_TRUE(write()[0].ends_with("; Secure; SameSite=None"));
}

TEST_F(OwnSessionTest, OfADomainItOpensAtEveryHost) {
  policy_.domain = "app.example";
  policy_.name = "shop";
  const auto lines = write();
  EXPECT_TRUE(lines[0].starts_with("__Secure-shop-session=1")) << lines[0];
  EXPECT_NE(lines[0].find("; Domain=app.example;"), std::string::npos);
  EXPECT_NE(find(header_of(lines), "https://other.app.example"), nullptr);
}

TEST_F(OwnSessionTest, ALongOneHasTwoCookies) {
  const std::string data = "\"" + std::string(4000, 'd') + "\"";
  session_.data = data;
  const auto lines = write();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=2"));
  EXPECT_TRUE(lines[1].starts_with("__Host-landfall-session.1="));
  ASSERT_NE(find(header_of(lines)), nullptr);
  EXPECT_EQ(find(header_of(lines))->session.data, data);
  EXPECT_EQ(find(header_of({lines[0]})), nullptr) << "its second half is missing";
  EXPECT_NE(find(header_of({lines[1], lines[0]})), nullptr) << "in another order";

  const std::string other_data = "\"" + std::string(4000, 'o') + "\"";
  session_.data = other_data;
  const auto others = write();
  EXPECT_EQ(find(header_of({lines[0], others[1]})), nullptr) << "halves of two sessions";
}

TEST_F(OwnSessionTest, WhatALongerOneLeftDoesNoHarm) {
  const std::string data = "\"" + std::string(4000, 'd') + "\"";
  session_.data = data;
  const auto before = write();
  session_.data = {};
  const auto lines = write(header_of(before));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session.1=; Path=/; Max-Age=0;")) << lines[0];
  EXPECT_NE(find(header_of({lines[1], before[1]})), nullptr) << "the removal crossed with this request";
}

TEST_F(OwnSessionTest, WhatDoesNotFitIsRefusedAndNothingIsWritten) {
  std::size_t largest = 0;
  for (std::size_t size = 5000;; ++size) {
    const std::string data(size, '1');
    session_.data = data;
    List<std::string_view> lines;
    if (write_own_session(policy_, kOrigin, {}, session_, entropy_of('e'), kNow, lines) == ErrorCode::ok) {
      ASSERT_EQ(lines.size(), 2u);
      largest = seal().size();
      continue;
    }
    EXPECT_EQ(write_own_session(policy_, kOrigin, {}, session_, entropy_of('e'), kNow, lines),
              ErrorCode::session_too_large);
    EXPECT_EQ(lines.size(), 0u);
    break;
  }
  // base64url writes three bytes as four characters.
  EXPECT_GE(largest + 1, 2 * kOwnSessionChunkBytes);
  EXPECT_LE(largest, 2 * kOwnSessionChunkBytes);
}

// Another site of the domain can set a cookie of the same name, which the browser may send first.
TEST_F(OwnSessionTest, AForgedCookieDoesNotHideTheTrueOne) {
  policy_.domain = "app.example";
  const std::string mine = header_of(write());
  EXPECT_NE(find("__Secure-landfall-session=1forged; __Secure-landfall-session=; " + mine), nullptr);
  std::string many;
  for (std::size_t i = 0; i < kMaxCookieCandidates; ++i) many += "__Secure-landfall-session=1forged; ";
  EXPECT_EQ(find(many + mine), nullptr) << "so many are not tried";
}

TEST_F(OwnSessionTest, ItIsRemovedWithEveryHalf) {
  List<std::string_view> lines;
  clear_own_session(policy_, kOrigin, "other=1", lines);
  EXPECT_EQ(lines.size(), 0u);
  clear_own_session(policy_, kOrigin, "__Host-landfall-session=x; __Host-landfall-session.1=y", lines);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=; Path=/; Max-Age=0;"));
  EXPECT_TRUE(lines[1].starts_with("__Host-landfall-session.1=; Path=/; Max-Age=0;"));
}

TEST_F(OwnSessionTest, OneThatIsOverIsNone) {
  const std::string header = header_of(write());
  EXPECT_NE(find(header, kOrigin, kNow + policy_.life.idle - 1), nullptr);
  EXPECT_EQ(find(header, kOrigin, kNow + policy_.life.idle), nullptr);
}

}  // namespace
}  // namespace landfall
