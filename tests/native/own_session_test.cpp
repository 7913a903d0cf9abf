#include "own_session_case.hpp"

#include "base/base64url.hpp"

namespace landfall {
namespace {

using OwnSessionTest = OwnSessionCase;

OwnSession session_of(std::int64_t created, std::int64_t renewed) {
  OwnSession session;
  session.created = created;
  session.renewed = renewed;
  return session;
}

TEST_F(OwnSessionTest, WhatIsSealedOpens) {
  const OpenedSession* opened = open(seal());
  ASSERT_NE(opened, nullptr);
  EXPECT_FALSE(opened->has_old_key);
  EXPECT_EQ(opened->session.created, kBegun);
  EXPECT_EQ(opened->session.renewed, kBegun);
  EXPECT_EQ(opened->session.sid, session_.sid);
  EXPECT_EQ(opened->session.provider, "work");
  EXPECT_EQ(opened->session.user, kAda);
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

TEST_F(OwnSessionTest, AShortTextOpensNothing) {
  const char hint = seal().front();
  for (std::size_t length = 0; length <= kSealNonceBytes + kSealTagBytes; ++length)
    EXPECT_EQ(open(hint + std::string(base64url(std::string(length, 'x')).view())), nullptr) << length;
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
  PurposeKeys keys;
  keys.push_back(PurposeKey("another secret, another secret, another", kSessionPurpose));
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
  EXPECT_NE(nonce_of(seal(kHome, 'f')), first) << "other random bytes";
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
  EXPECT_NE(make_sid(PurposeKey("another secret, another secret, another", kSessionPurpose), entropy_of('e')), sid);
}

TEST_F(OwnSessionTest, BothLimitsHoldToTheSecond) {
  const SessionLife life{.max_age = 1000, .idle = 100};
  OwnSession session = session_of(kBegun, kBegun);
  EXPECT_TRUE(is_alive(session, life, kBegun + 99));
  EXPECT_FALSE(is_alive(session, life, kBegun + 100));
  EXPECT_EQ(expiry_of(session, life), kBegun + 100);
  session.renewed = kBegun + 950;
  EXPECT_TRUE(is_alive(session, life, kBegun + 999));
  EXPECT_FALSE(is_alive(session, life, kBegun + 1000)) << "used all the time, and over all the same";
  EXPECT_EQ(expiry_of(session, life), kBegun + 1000);
  EXPECT_EQ(expiry_of(session_of(kBegun, kBegun), {}), kBegun + kOwnSessionIdleSeconds);
  EXPECT_EQ(expiry_of(session_of(kBegun, kBegun + kOwnSessionSeconds), {}), kBegun + kOwnSessionSeconds);
}

TEST_F(OwnSessionTest, AClockThatGoesBackEndsASessionBeyondTheSkew) {
  const SessionLife life;
  EXPECT_TRUE(is_alive(session_of(kBegun, kBegun), life, kBegun - kClockSkewSeconds));
  EXPECT_FALSE(is_alive(session_of(kBegun, kBegun), life, kBegun - kClockSkewSeconds - 1));
  EXPECT_FALSE(is_alive(session_of(kBegun, kBegun + kClockSkewSeconds + 1), life, kBegun));
  EXPECT_TRUE(is_alive(session_of(kBegun + kClockSkewSeconds, kBegun), life, kBegun));
  EXPECT_FALSE(is_alive(session_of(kBegun + kClockSkewSeconds + 1, kBegun), life, kBegun));
}

TEST_F(OwnSessionTest, ATenthOfIdleLaterItsCookieIsWrittenAgain) {
  const SessionLife life{.max_age = 1000, .idle = 100};
  EXPECT_FALSE(needs_renewal(session_of(kBegun, kBegun), life, kBegun + 9));
  EXPECT_TRUE(needs_renewal(session_of(kBegun, kBegun), life, kBegun + 10));
  const SessionLife shortest{.max_age = 5, .idle = 5};
  EXPECT_FALSE(needs_renewal(session_of(kBegun, kBegun), shortest, kBegun)) << "not at once";
  EXPECT_TRUE(needs_renewal(session_of(kBegun, kBegun), shortest, kBegun + 1));
}

TEST_F(OwnSessionTest, TheAppSeesTheTimesAndTheData) {
  EXPECT_EQ(
      build_session_view(session_, {}),
      R"({"user":{"provider":"work","sub":"1"},"provider":"work","sid":"abcdefghijklmnop","created":1800000000,"expires":1800604800,)"
      R"("data":{"role":"admin"},"verified":true})");
  session_.data = {};
  EXPECT_NE(build_session_view(session_, {}).view().find(R"("data":null)"), std::string_view::npos);
}

}  // namespace
}  // namespace landfall
