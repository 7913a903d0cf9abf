#include "rules/own_tokens.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/memory.hpp"
#include "core_message.hpp"

namespace landfall {
namespace {

constexpr std::string_view kOrigin = "https://app.example";
constexpr std::int64_t kNow = 1'750'000'000;
const std::string kLarge(12'000, 'x');

class OwnTokensTest : public testing::Test {
 protected:
  OwnTokensTest() {
    policy_.is_wanted = policy_.tokens = policy_.id_token = true;
    policy_.life = {.max_age = 7200, .idle = 3600};
    policy_.token_keys.push_back(PurposeKey("0123456789abcdef0123456789abcdef", kTokensPurpose));
  }

  /// Keeps tokens beside what a browser has; the browser follows.
  std::string keep(const OwnTokens& tokens) {
    const OwnSession session{
        .created = kNow, .renewed = kNow, .sid = "sid", .provider = "work", .user = "{}", .data = {}};
    List<std::string_view> lines;
    const std::string_view left =
        keep_own_tokens(policy_, kOrigin, header_, tokens, session, make_entropy('t'), kNow, lines);
    removed_ = 0;
    std::string header;
    for (const std::string_view line : lines) {
      if (line.find("; Max-Age=0") != std::string_view::npos)
        ++removed_;
      else
        header += std::string(line.substr(0, line.find(';'))) + "; ";
    }
    if (!lines.empty()) header_ = header;
    return std::string(left);
  }

  /// The lengths of the three that are kept; empty for none.
  [[nodiscard]] std::string kept() const {
    const OwnTokens* tokens = find_own_tokens(policy_, kOrigin, header_, "sid");
    if (tokens == nullptr) return "";
    return std::to_string(tokens->access_token.size()) + " " + std::to_string(tokens->refresh_token.size()) + " " +
           std::to_string(tokens->id_token.size());
  }

  static OwnTokens tokens(std::string_view access, std::string_view refresh, std::string_view id) {
    return {.access_token = access, .refresh_token = refresh, .id_token = id, .expires_at = 0, .expires_in = 0};
  }

  Memory memory_;
  const MemoryScope scope_{memory_};
  SessionPolicy policy_;
  std::string header_;
  std::size_t removed_ = 0;
};

TEST_F(OwnTokensTest, WhatIsTooLargeStaysAwayOneAfterTheOther) {
  EXPECT_EQ(keep(tokens("a", "rr", "iii")), "");
  EXPECT_EQ(kept(), "1 2 3");
  EXPECT_EQ(keep(tokens("a", "rr", kLarge)), "id_token");
  EXPECT_EQ(kept(), "1 2 0");
  EXPECT_EQ(keep(tokens(kLarge, "rr", "")), "access_token");
  EXPECT_EQ(kept(), "0 2 0");
  EXPECT_EQ(keep(tokens(kLarge, "rr", "iii")), "id_token access_token");
  EXPECT_EQ(kept(), "0 2 0");
  EXPECT_EQ(keep(tokens(kLarge, kLarge, "iii")), "id_token access_token refresh_token");
  EXPECT_EQ(kept(), "");
  EXPECT_GT(removed_, 0u) << "the older ones are gone";
  EXPECT_EQ(keep(tokens(kLarge, "", "")), "access_token refresh_token");
  EXPECT_EQ(kept(), "");
}

TEST_F(OwnTokensTest, OnlyWhatTheAppWantsIsKept) {
  policy_.id_token = false;
  EXPECT_EQ(keep(tokens("a", "rr", "iii")), "");
  EXPECT_EQ(kept(), "1 2 0");
  policy_.tokens = false;
  policy_.id_token = true;
  EXPECT_EQ(keep(tokens("a", "rr", "iii")), "");
  EXPECT_EQ(kept(), "0 0 3");
  EXPECT_EQ(keep(tokens("a", "rr", "")), "");
  EXPECT_EQ(kept(), "");
  EXPECT_EQ(removed_, 1u) << "the older one is gone";
}

TEST_F(OwnTokensTest, AnAccessTokenLastsWhereThereIsOne) {
  EXPECT_FALSE(tokens("", "r", "").lasts(0, kNow));
  EXPECT_TRUE(tokens("a", "", "").lasts(99'999, kNow));
  OwnTokens hour = tokens("a", "", "");
  hour.expires_at = kNow + 60;
  hour.expires_in = 3600;
  EXPECT_TRUE(hour.lasts(59, kNow));
  EXPECT_FALSE(hour.lasts(60, kNow));
}

TEST_F(OwnTokensTest, ARefreshKeepsWhatItLeavesOut) {
  const OwnTokens old = tokens("a", "rr", "iii");
  Tokens fresh;
  fresh.access_token = "aaaa";
  const OwnTokens kept = merge_own_tokens(fresh, old, kNow);
  EXPECT_EQ(kept.access_token, "aaaa");
  EXPECT_EQ(kept.refresh_token, "rr");
  EXPECT_EQ(kept.id_token, "iii");
  EXPECT_EQ(kept.expires_at, 0);
  fresh.refresh_token = "new";
  fresh.id_token = "id";
  fresh.expires_in = 9;
  const OwnTokens all = merge_own_tokens(fresh, old, kNow);
  EXPECT_EQ(all.refresh_token, "new");
  EXPECT_EQ(all.id_token, "id");
  EXPECT_EQ(all.expires_at, kNow + 9);
}

TEST_F(OwnTokensTest, WhatIsNoSessionHasNone) {
  EXPECT_TRUE(own_tokens_of("no JSON").access_token.empty());
  EXPECT_EQ(own_tokens_of(R"({"access_token":"a","expires_at":7})").expires_at, 7);
}

}  // namespace
}  // namespace landfall
