#include "rules/transaction.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "rules/state.hpp"
#include "rules/transaction_cookies.hpp"
#include "vectors.hpp"
#include "web/set_cookie.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;
using vectors::name_of;

constexpr std::int64_t kSealedAt = 1750000000;

void expect_sealed(const Json& c) {
  const Json& in = c.at("transaction");
  const auto provider = in.at("provider").get<std::string>();
  const auto state = in.at("state").get<std::string>();
  const auto code_verifier = in.at("code_verifier").get<std::string>();
  const auto nonce = in.at("nonce").get<std::string>();
  const auto next = in.at("next").get<std::string>();
  const auto redirect_uri = c.at("redirect_uri").get<std::string>();
  const auto issuer = c.at("issuer").get<std::string>();
  const HmacKey key(c.at("key").get<std::string>());
  const auto wanted = c.at("sealed").get<std::string>();

  Transaction transaction;
  transaction.provider = provider;
  transaction.state = state;
  transaction.code_verifier = code_verifier;
  transaction.nonce = nonce;
  transaction.next = next;
  transaction.created = kSealedAt;
  EXPECT_EQ(seal_transaction(transaction, {.redirect_uri = redirect_uri, .issuer = issuer}, key), wanted);

  const auto opened = parse_transaction(wanted);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->provider, provider);
  EXPECT_EQ(opened->state, state);
  EXPECT_EQ(opened->code_verifier, code_verifier);
  EXPECT_EQ(opened->nonce, nonce);
  EXPECT_EQ(opened->next, next);
  EXPECT_EQ(opened->created, kSealedAt);
  EXPECT_EQ(check_transaction(wanted, *opened, {.redirect_uri = redirect_uri, .issuer = issuer}, {&key, 1}, kSealedAt),
            ErrorCode::ok);
  EXPECT_TRUE(build_set_cookie({.name = "__Host-landfall-x",
                                .value = wanted,
                                .max_age_seconds = 600,
                                .same_site = SameSite::lax,
                                .secure = true,
                                .http_only = true}))
      << "fits no cookie";
}

VECTOR_TEST(Transaction, transaction) {
  if (c.contains("transaction")) return expect_sealed(c);
  if (c.contains("refused")) {
    EXPECT_FALSE(parse_transaction(bytes(c.at("refused"))));
    return;
  }
  const auto sealed = c.at("sealed").get<std::string>();
  const auto redirect_uri = c.at("redirect_uri").get<std::string>();
  const auto issuer = c.at("issuer").get<std::string>();
  std::vector<HmacKey> keys;
  for (const Json& key : c.at("keys")) keys.emplace_back(key.get<std::string>());
  const auto transaction = parse_transaction(sealed);
  ASSERT_TRUE(transaction);
  const ErrorCode code = check_transaction(sealed, *transaction, {.redirect_uri = redirect_uri, .issuer = issuer}, keys,
                                           c.at("now").get<std::int64_t>());
  EXPECT_EQ(name_of(code), c.at("code").get<std::string>());
}

// Frameworks decode a cookie's value and encode it again: nothing in ours may change by that.
TEST(Transaction, PercentEncodingChangesNothing) {
  const HmacKey key("a key");
  const std::string state = std::string(43, 'S') + "-sxwkn4-VtmC";
  const std::string verifier(43, 'v');
  std::vector<std::string> targets{"/%C3%A9/%E6%97%A5%E6%9C%AC?q=%F0%9F%98%80#%20", "/%2F%25%3B%2C"};
  for (char c = 0x20; c < 0x7F; ++c) targets.push_back(std::string("/") + c + "/a?b=" + c + "#" + c);
  for (const std::string& next : targets) {
    for (const char* provider : {"work", "custom:my.idp", "custom:a-b_c"}) {
      const Text sealed = seal_transaction({.provider = provider,
                                            .state = state,
                                            .code_verifier = verifier,
                                            .nonce = "",
                                            .next = next,
                                            .sid = "",
                                            .created = kSealedAt},
                                           {}, key);
      for (const char c : sealed) EXPECT_TRUE(is_alnum(c) || c == '-' || c == '_' || c == '.') << next;
      const auto opened = parse_transaction(sealed);
      ASSERT_TRUE(opened) << next;
      EXPECT_EQ(opened->next, next);
      EXPECT_EQ(opened->provider, provider);
    }
  }
}

TEST(Transaction, TheLargestFitsACookieAndTwoFitTheBound) {
  const Json largest = vectors::load("transaction").at("cases");
  std::size_t bytes = 0;
  for (const Json& c : largest) bytes = std::max(bytes, c.value("sealed", "").size());
  bytes += transaction_cookie_prefix(true).size() + kStateTagBytes;
  EXPECT_GT(bytes, kMaxSealedNextBytes / 3 * 4) << "no vector has the largest one";
  EXPECT_LE(bytes, kMaxCookieBytes);
  EXPECT_LE(2 * bytes, kMaxTransactionsBytes) << "a second tab would end the sign-in of the first";
}

TEST(Transaction, NoFlippedBitOpens) {
  const Json document = vectors::load("transaction");
  std::size_t tried = 0;
  for (const Json& c : document.at("cases")) {
    if (!c.contains("transaction") || c.at("sealed").get<std::string>().size() > 400) continue;
    const auto sealed = c.at("sealed").get<std::string>();
    const auto redirect_uri = c.at("redirect_uri").get<std::string>();
    const auto issuer = c.at("issuer").get<std::string>();
    const HmacKey key(c.at("key").get<std::string>());
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
      Memory call_memory;
      const MemoryScope call(call_memory);
      std::string flipped = sealed;
      flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
      const auto opened = parse_transaction(flipped);
      ++tried;
      if (!opened) continue;
      EXPECT_EQ(
          check_transaction(flipped, *opened, {.redirect_uri = redirect_uri, .issuer = issuer}, {&key, 1}, kSealedAt),
          ErrorCode::transaction_invalid)
          << c.at("id") << " bit " << i;
    }
  }
  EXPECT_GT(tried, 10'000u);
}

TEST(Transaction, NoPrefixOpens) {
  const HmacKey key("a key");
  const auto c = vectors::load("transaction").at("cases").at(6);
  const auto sealed = c.at("sealed").get<std::string>();
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    const std::vector<char> exact(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size));
    const std::string_view prefix(exact.data(), exact.size());
    const auto opened = parse_transaction(prefix);
    if (opened) EXPECT_EQ(check_transaction(prefix, *opened, {}, {&key, 1}, kSealedAt), ErrorCode::transaction_invalid);
  }
}

}  // namespace
}  // namespace landfall
