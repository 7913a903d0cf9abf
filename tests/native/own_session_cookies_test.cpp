#include "own_session_case.hpp"

namespace landfall {
namespace {

using OwnSessionCookies = OwnSessionCase;

TEST_F(OwnSessionCookies, ItsCookieBelongsToTheHost) {
  const auto lines = write();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=1")) << lines[0];
  EXPECT_TRUE(lines[0].ends_with("; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax")) << lines[0];
  EXPECT_NE(find(header_of(lines)), nullptr);
  EXPECT_EQ(find(header_of(lines), "https://other.example"), nullptr);
}

TEST_F(OwnSessionCookies, OnHttpItsNameHasNoPrefix) {
  policy_.same_site = SameSite::none;
  const auto lines = write({}, "http://localhost:3000");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].starts_with("landfall-session=1")) << lines[0];
  EXPECT_TRUE(lines[0].ends_with("; HttpOnly; SameSite=Lax")) << lines[0];
  EXPECT_NE(find(header_of(lines), "http://localhost:3000"), nullptr);
  EXPECT_TRUE(write()[0].ends_with("; Secure; SameSite=None"));
  policy_.same_site = SameSite::strict;
  EXPECT_TRUE(write({}, "http://localhost:3000")[0].ends_with("; HttpOnly; SameSite=Strict"));
}

TEST_F(OwnSessionCookies, OfADomainItOpensAtEveryHost) {
  policy_.domain = "app.example";
  policy_.name = "shop";
  const auto lines = write();
  EXPECT_TRUE(lines[0].starts_with("__Secure-shop-session=1")) << lines[0];
  EXPECT_NE(lines[0].find("; Domain=app.example;"), std::string::npos);
  EXPECT_NE(find(header_of(lines), "https://other.app.example"), nullptr);
}

TEST_F(OwnSessionCookies, ALongOneHasTwoCookies) {
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

TEST_F(OwnSessionCookies, WhatALongerOneLeftDoesNoHarm) {
  const std::string data = "\"" + std::string(4000, 'd') + "\"";
  session_.data = data;
  const auto before = write();
  session_.data = {};
  const auto lines = write(header_of(before));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session.1=; Path=/; Max-Age=0;")) << lines[0];
  EXPECT_EQ(write(header_of({lines[1]})).size(), 1u);
  session_.data = data;
  EXPECT_EQ(write(header_of(before)).size(), 2u) << "a second cookie that stays is not removed first";
  EXPECT_NE(find(header_of({lines[1], before[1]})), nullptr) << "the removal crossed with this request";
}

TEST_F(OwnSessionCookies, WhatDoesNotFitIsRefusedAndNothingIsWritten) {
  std::size_t largest = 0;
  for (std::size_t size = 5000;; ++size) {
    const std::string data(size, '1');
    session_.data = data;
    List<std::string_view> lines;
    if (keep_own_session(policy_, kHome, {}, session_, entropy_of('e'), kBegun, lines) == ErrorCode::ok) {
      ASSERT_EQ(lines.size(), 2u);
      largest = seal().size();
      continue;
    }
    EXPECT_EQ(keep_own_session(policy_, kHome, {}, session_, entropy_of('e'), kBegun, lines),
              ErrorCode::session_too_large);
    EXPECT_EQ(lines.size(), 0u);
    break;
  }
  // base64url writes three bytes as four characters.
  EXPECT_GE(largest + 1, 2 * kSealedCookieBytes);
  EXPECT_LE(largest, 2 * kSealedCookieBytes);
}

// Another site of the domain can set a cookie of the same name, which the browser may send first.
TEST_F(OwnSessionCookies, AForgedCookieDoesNotHideTheTrueOne) {
  policy_.domain = "app.example";
  const std::string mine = header_of(write());
  EXPECT_NE(find("__Secure-landfall-session=1forged; __Secure-landfall-session=; " + mine), nullptr);
  const std::string forged = "__Secure-landfall-session=1forged; ";
  std::string many;
  for (std::size_t i = 1; i < kMaxCookieCandidates; ++i) many += forged;
  EXPECT_NE(find(many + mine), nullptr);
  EXPECT_EQ(find(many + forged + mine), nullptr) << "so many are not tried";
}

TEST_F(OwnSessionCookies, ItIsRemovedWithEveryHalf) {
  List<std::string_view> lines;
  SealedCookies(kSessionCookies, policy_, kHome, "other=1").clear(lines);
  EXPECT_EQ(lines.size(), 0u);
  SealedCookies(kSessionCookies, policy_, kHome, "__Host-landfall-session=x; __Host-landfall-session.1=y").clear(lines);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("__Host-landfall-session=; Path=/; Max-Age=0;"));
  EXPECT_TRUE(lines[1].starts_with("__Host-landfall-session.1=; Path=/; Max-Age=0;"));
}

TEST_F(OwnSessionCookies, OneThatIsOverIsNone) {
  const std::string header = header_of(write());
  EXPECT_NE(find(header, kHome, kBegun + policy_.life.idle - 1), nullptr);
  EXPECT_EQ(find(header, kHome, kBegun + policy_.life.idle), nullptr);
}

TEST_F(OwnSessionCookies, OnlyItsOwnNamesAndNumbersCount) {
  const std::string begin = "__Host-landfall-session";
  const std::string header = header_of(write());
  for (const char* suffix : {".0", ".1", ".2", ".", "x", "x1", "1"})
    EXPECT_EQ(find(begin + suffix + header.substr(begin.size())), nullptr) << suffix;
  for (const char* count : {"0", "3", "8", "9", ":", "/", "x", ""})
    EXPECT_EQ(find(begin + "=" + count + header.substr(begin.size() + 2)), nullptr) << count;

  const std::string data(4000, '1');
  session_.data = data;
  const auto lines = write();
  const std::string second = header_of({lines[1]}).substr(begin.size() + 2);
  for (const char* suffix : {".0", ".2", ".9", ".10", ".11", ".1x", "x1", "-1", ".", ".a"})
    EXPECT_EQ(find(header_of({lines[0]}) + begin + suffix + second), nullptr) << suffix;
  EXPECT_NE(find(header_of(lines) + begin + ".1=forged"), nullptr) << "the first of a name counts";
}

TEST_F(OwnSessionCookies, EachIsFullBeforeTheNextBegins) {
  // A letter for the key, then base64url: a nonce of 24 bytes, the text, a tag of 16.
  const std::size_t most = (kSealedCookieBytes - 1) * 3 / 4 - 24 - 16;
  for (const std::size_t size : {most, most + 1}) {
    const std::string text(size, 't');
    List<std::string_view> lines;
    ASSERT_TRUE(SealedCookies(kSessionCookies, policy_, kHome, {}).keep(text, entropy_of('e'), 60, lines));
    EXPECT_EQ(lines.size(), size == most ? 1u : 2u);
    const std::string header = header_of({lines.begin(), lines.end()});
    const auto opened = SealedCookies(kSessionCookies, policy_, kHome, header).open();
    ASSERT_EQ(opened.size(), 1u);
    EXPECT_EQ(opened.front().text, text);
  }
}

}  // namespace
}  // namespace landfall
