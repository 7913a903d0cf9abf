#include "rules/transaction_cookies.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;
using vectors::name_of;

void expect_list(const List<std::string_view>& list, const Json& wanted) {
  std::vector<std::string> got;
  for (const std::string_view one : list) got.emplace_back(one);
  EXPECT_EQ(got, wanted.get<std::vector<std::string>>());
}

VECTOR_TEST(TransactionCookies, transaction_cookies) {
  for (const char* verb : {"start", "end", "clear", "find", "explain"}) {
    if (!c.contains(verb)) continue;
    const Json& in = c.at(verb);
    const std::string cookie = bytes(in.at("cookie"));
    const bool secure = in.at("secure").get<bool>();
    const std::string state = vectors::bytes_or_empty(in, "state");
    const std::string sealed = vectors::bytes_or_empty(in, "sealed");
    const std::string host = vectors::bytes_or_empty(in, "host");
    switch (*verb) {
      case 's':
        return expect_list(start_cookies(cookie, secure, in.at("cross_site_post").get<bool>(), state, sealed),
                           c.at("set_cookies"));
      case 'f':
        return expect_list(find_transactions(cookie, secure, state), c.at("values"));
      case 'c':
        return expect_list(clear_cookies(cookie, secure), c.at("set_cookies"));
      default:
        break;
    }
    const std::string finished = in.contains("finished") ? bytes(in.at("finished")) : state;
    if (c.contains("set_cookies"))
      return expect_list(end_cookies(cookie, secure, state, finished), c.at("set_cookies"));
    const ErrorCode code = explain_missing_transaction(cookie, secure, state, host, in.at("now").get<std::int64_t>());
    EXPECT_EQ(name_of(code), c.at("code").get<std::string>());
    return;
  }
  FAIL() << "an unknown kind of case";
}

TEST(TransactionCookies, ANameTellsTheScheme) {
  EXPECT_EQ(transaction_cookie_prefix(true), "__Host-landfall-");
  EXPECT_EQ(transaction_cookie_prefix(false), "landfall-");
}

TEST(TransactionCookies, AHeaderOfForgedCookiesCostsLittle) {
  std::string header;
  for (int i = 0; header.size() < kMaxCookieHeaderBytes; ++i) {
    const std::string number = std::to_string(1'000'000 + i);
    header += "__Host-landfall-Tag" + number + "=" + std::string(static_cast<std::size_t>(i % 40), '~') + "; ";
  }
  const std::string state(51, 'a');
  EXPECT_LE(start_cookies(header, true, false, state, "sealed").size(), kMaxCookiesSwept + 1);
  EXPECT_LE(clear_cookies(header, true).size(), kMaxCookiesSwept);
  EXPECT_EQ(end_cookies(header, true, state, state).size(), 2u);
}

/// So many cookies of sign-ins, none of which Landfall has sealed.
std::string forge(std::size_t count) {
  std::string header;
  for (std::size_t i = 0; i < count; ++i) header += "__Host-landfall-Tag" + std::to_string(1'000'000 + i) + "=x; ";
  return header;
}

TEST(TransactionCookies, SoManyAreRead) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string state(51, 'a');
  for (const std::size_t count : {kMaxCookiesSwept - 1, kMaxCookiesSwept, kMaxCookiesSwept + 1}) {
    const std::size_t read = std::min(count, kMaxCookiesSwept);
    EXPECT_EQ(list_transactions(forge(count), true).size(), read);
    // All but four go, and the new one comes.
    EXPECT_EQ(start_cookies(forge(count), true, false, state, "sealed").size(), read - (kMaxTransactions - 1) + 1);
  }
}

TEST(TransactionCookies, OneThatIsLargerThanAllMayBeMakesNoRoom) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string sealed(kMaxTransactionsBytes + 1, 'x');
  EXPECT_TRUE(start_cookies("", true, false, std::string(51, 'a'), sealed).empty()) << "no browser keeps it";
  EXPECT_EQ(start_cookies(forge(1), true, false, std::string(51, 'a'), sealed).size(), 1u);
}

}  // namespace
}  // namespace landfall
