#include <array>
#include <limits>
#include <span>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/constant_time.hpp"
#include "base/hmac.hpp"
#include "base/sha256.hpp"
#include "base/sha512.hpp"
#include "base/utf8.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::hex;

std::string sha256_hex(std::string_view message) {
  const Sha256Digest digest = sha256(message);
  return hex(as_bytes(digest));
}

VECTOR_TEST(Sha256, sha256) {
  const std::string message = bytes(c.at("message"));
  const auto wanted = c.at("sha256").get<std::string>();
  EXPECT_EQ(sha256_hex(message), wanted);
  for (const std::size_t step : {1u, 7u, 63u, 64u, 65u}) {
    Sha256 hash;
    for (std::size_t i = 0; i < message.size(); i += step) hash.update(std::string_view(message).substr(i, step));
    hash.update({});
    const Sha256Digest digest = hash.finish();
    EXPECT_EQ(hex(as_bytes(digest)), wanted) << "in parts of " << step;
  }
}

TEST(Sha256, ACopyGoesOnFromTheSameState) {
  Sha256 first;
  first.update("a");
  Sha256 second = first;
  first.update("bc");
  second.update("b");
  second.update("c");
  EXPECT_EQ(first.finish(), sha256("abc"));
  EXPECT_EQ(second.finish(), sha256("abc"));
}

VECTOR_TEST(Sha512, sha512) {
  const Sha384Digest sha384_digest = sha384(bytes(c.at("message")));
  EXPECT_EQ(hex(as_bytes(sha384_digest)), c.at("sha384").get<std::string>());
  const Sha512Digest sha512_digest = sha512(bytes(c.at("message")));
  EXPECT_EQ(hex(as_bytes(sha512_digest)), c.at("sha512").get<std::string>());
}

VECTOR_TEST(Hmac, hmac_sha256) {
  const HmacKey key(bytes(c.at("key")));
  const std::string message = bytes(c.at("message"));
  const auto wanted = c.at("hmac_sha256").get<std::string>();
  ASSERT_GE(wanted.size(), 32u);

  const std::array<std::string_view, 1> whole{message};
  const Sha256Digest tag = key.sign(whole);
  EXPECT_EQ(hex(as_bytes(tag)).substr(0, wanted.size()), wanted);

  const std::size_t half = message.size() / 2;
  const std::array<std::string_view, 3> parts{std::string_view(message).substr(0, half), "",
                                              std::string_view(message).substr(half)};
  EXPECT_EQ(key.sign(parts), tag) << "parts are one message";
  EXPECT_EQ(key.sign(whole), tag) << "signing changes nothing in the key";
}

TEST(Hmac, NoPartsAreTheEmptyMessage) {
  const HmacKey key("key");
  const std::array<std::string_view, 1> empty{""};
  EXPECT_EQ(key.sign({}), key.sign(empty));
}

VECTOR_TEST(Base64Url, base64url) {
  if (c.contains("refused")) {
    EXPECT_FALSE(parse_base64url(bytes(c.at("text"))).has_value());
    return;
  }
  const std::string data = bytes(c.at("bytes"));
  const auto wanted = c.at("base64url").get<std::string>();
  EXPECT_EQ(base64url(data), wanted);
  EXPECT_EQ(base64(data), c.at("base64").get<std::string>());
  const auto parsed = parse_base64url(wanted);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, data);
  Text out = "before.";
  append_base64url(out, data);
  EXPECT_EQ(out, "before." + wanted);
}

TEST(Base64Url, OneByteStringHasOneSpelling) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text{static_cast<char>(a), static_cast<char>(b)};
      const auto data = parse_base64url(text);
      if (data.has_value()) ASSERT_EQ(base64url(*data), text);
      const auto parsed = parse_base64url(base64url(text));
      ASSERT_TRUE(parsed && *parsed == text);
    }
  }
}

VECTOR_TEST(Utf8, utf8) {
  if (c.contains("json")) {
    EXPECT_EQ(to_ascii_json(bytes(c.at("json"))), c.at("ascii_json").get<std::string>());
    return;
  }
  const bool wanted = c.at("is_utf8").get<bool>();
  const std::string data = bytes(c.at("bytes"));
  // Every alignment within a word, with something before and behind.
  for (std::size_t n = 0; n < 9; ++n) {
    EXPECT_EQ(is_utf8(std::string(n, 'a') + data), wanted) << n;
    EXPECT_EQ(is_utf8(std::string(n, 'a') + data + "z"), wanted) << n;
  }
}

TEST(Utf8, EveryCodePoint) {
  for (std::uint32_t code_point = 0; code_point <= 0x10FFFF; code_point += (code_point < 0x3000 ? 1 : 61)) {
    std::string text;
    if (code_point < 0x80) {
      text = {static_cast<char>(code_point)};
    } else if (code_point < 0x800) {
      text = {static_cast<char>(0xC0 | code_point >> 6), static_cast<char>(0x80 | (code_point & 63))};
    } else if (code_point < 0x10000) {
      text = {static_cast<char>(0xE0 | code_point >> 12), static_cast<char>(0x80 | (code_point >> 6 & 63)),
              static_cast<char>(0x80 | (code_point & 63))};
    } else {
      text = {static_cast<char>(0xF0 | code_point >> 18), static_cast<char>(0x80 | (code_point >> 12 & 63)),
              static_cast<char>(0x80 | (code_point >> 6 & 63)), static_cast<char>(0x80 | (code_point & 63))};
    }
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    ASSERT_EQ(is_utf8(text), !surrogate) << code_point;
    if (surrogate) continue;
    const std::string before(code_point % 9, 'a');
    Text written;
    append_json_string(written, before + text + "behind, eight bytes");
    ASSERT_TRUE(is_printable_ascii(written)) << code_point;
    ASSERT_EQ(vectors::Json::parse(written.view()), before + (code_point < 0x20 ? "" : text) + "behind, eight bytes")
        << code_point;
    if (code_point < 0x80) continue;
    const std::string json = "\"" + text + "\"";
    ASSERT_EQ(vectors::Json::parse(to_ascii_json(json).view()), vectors::Json::parse(json)) << code_point;
    ASSERT_TRUE(is_printable_ascii(to_ascii_json(json)));
  }
}

TEST(ConstantTime, EqualMeansEveryByteAndTheLength) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_constant_time("", "a"));
  EXPECT_FALSE(equal_constant_time("abc", "abC"));
  EXPECT_FALSE(equal_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
  const std::string tag(43, 'x');
  for (std::size_t i = 0; i < tag.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string other = tag;
      other[i] = static_cast<char>(other[i] ^ (1 << bit));
      EXPECT_FALSE(equal_constant_time(tag, other)) << i << " " << bit;
    }
  }
}

TEST(Ascii, CharacterClassesOfEveryByte) {
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const bool digit = i >= '0' && i <= '9';
    const bool upper = i >= 'A' && i <= 'Z';
    const bool small = i >= 'a' && i <= 'z';
    EXPECT_EQ(is_digit(c), digit) << i;
    EXPECT_EQ(is_alpha(c), upper || small) << i;
    EXPECT_EQ(is_alnum(c), digit || upper || small) << i;
    EXPECT_EQ(is_hex(c), i != 0 && std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos) << i;
    EXPECT_EQ(is_blank(c), i == ' ' || i == '\t') << i;
    EXPECT_EQ(is_printable_ascii(c), i >= 0x20 && i <= 0x7E) << i;
    EXPECT_EQ(to_lower(c), upper ? static_cast<char>(i + 32) : c) << i;
    if (is_hex(c)) EXPECT_EQ(hex_value(c), static_cast<unsigned>(std::stoi(std::string(1, c), nullptr, 16)));
  }
}

TEST(Ascii, Texts) {
  EXPECT_EQ(lower("BEARER \xC3\x89Z"), "bearer \xC3\x89z");
  EXPECT_TRUE(equal_ignoring_case("Bearer", "bEARER"));
  EXPECT_FALSE(equal_ignoring_case("Bearer", "Bearer "));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));
  EXPECT_FALSE(equal_ignoring_case("@", "`"));
  EXPECT_TRUE(is_printable_ascii(""));
  EXPECT_TRUE(is_printable_ascii(" ~"));
  for (const std::string_view text : {"a\n", "a\x7F", "a\x80", "\xC3\xA9"}) EXPECT_FALSE(is_printable_ascii(text));
  EXPECT_FALSE(is_printable_ascii(std::string_view("\0", 1)));
  EXPECT_EQ(trim(" \t a b\t "), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\na\r"), "\na\r");
}

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

TEST(Ascii, Decimal) {
  EXPECT_EQ(parse_decimal("0"), 0);
  EXPECT_EQ(parse_decimal("007"), 7);
  EXPECT_EQ(parse_decimal("3600"), 3600);
  EXPECT_EQ(parse_decimal("9223372036854775807"), kMax);
  EXPECT_EQ(parse_decimal(std::string(1000, '0') + "1"), 1);
  for (const std::string_view text : {"", "9223372036854775808", "18446744073709551616", "99999999999999999999999",
                                      "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "a", "\xD9\xA1"}) {
    EXPECT_FALSE(parse_decimal(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_decimal(std::string_view("1\0", 2)).has_value());
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{9}, std::int64_t{10}, std::int64_t{-1}, kMax, kMin}) {
    Text out = "n=";
    append_decimal(out, number);
    EXPECT_EQ(out, "n=" + std::to_string(number));
  }
}

TEST(Ascii, Base36) {
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{35}, std::int64_t{36}, std::int64_t{1795427000}, kMax}) {
    Text out;
    append_base36(out, number);
    EXPECT_EQ(parse_base36(out), number) << out;
    EXPECT_EQ(std::stoll(std::string(out.view()), nullptr, 36), number);
  }
  EXPECT_EQ(parse_base36("1y2p0ij32e8e7"), kMax);
  for (const std::string_view text :
       {"", "00", "01", "A", "-1", "+1", " 1", "1 ", "1y2p0ij32e8e8", "zzzzzzzzzzzzzz", "\xC3"}) {
    EXPECT_FALSE(parse_base36(text).has_value()) << text;
  }
  Text negative;
  append_base36(negative, kMin);
  EXPECT_EQ(negative, "-1y2p0ij32e8e8");
}

}  // namespace
}  // namespace landfall
