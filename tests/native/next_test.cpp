#include "rules/next.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "base/limits.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

const std::vector<std::string> kOrigins = {"https://app.example", "http://localhost:3000", "https://app.example:8443"};

// A copy that ends where its heap block ends, `offset` bytes into it, so that ASan sees a read past either end.
class Exact {
 public:
  explicit Exact(std::string_view text, std::size_t offset = 0)
      : block_(new char[text.size() + offset]), view_(block_.get() + offset, text.size()) {
    std::copy(text.begin(), text.end(), block_.get() + offset);
  }
  [[nodiscard]] std::string_view view() const { return view_; }

 private:
  std::unique_ptr<char[]> block_;
  std::string_view view_;
};

std::optional<std::string> emitted(std::string_view next, std::string_view origin, std::size_t offset = 0) {
  const Exact exact_next(next, offset);
  const Exact exact_origin(origin);
  const std::string poison = "//evil.example";
  Text encoded = poison.c_str();
  const NextVerdict verdict = check_next(exact_next.view(), exact_origin.view(), encoded);
  if (verdict == NextVerdict::encoded) {
    EXPECT_NE(encoded.view(), next) << "encoded, and yet the same";
    return std::string(encoded.view());
  }
  EXPECT_EQ(encoded, poison) << "written without need";
  if (verdict == NextVerdict::refused) return std::nullopt;
  return std::string(next);
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find_first_of("?#")); }

// What the URL Standard (4.4) makes of a path-absolute reference: the path, or nothing when it names another host.
// Written for clarity and apart from the check, which shares no code with it.
std::optional<std::string> resolved_path(std::string_view reference) {
  std::string text;
  for (const char c : path_of(reference)) {
    if (c != '\t' && c != '\n' && c != '\r') text += c == '\\' ? '/' : c;
  }
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) text.pop_back();
  if (text.empty() || text[0] != '/' || text.starts_with("//")) return std::nullopt;
  std::vector<std::string> path;
  for (std::size_t i = 1; i <= text.size();) {
    const std::size_t end = std::min(text.find('/', i), text.size());
    std::string dots = text.substr(i, end - i);
    for (const char* spelling : {"%2e", "%2E"}) {
      for (std::size_t at; (at = dots.find(spelling)) != std::string::npos;) dots.replace(at, 3, ".");
    }
    const bool last = end == text.size();
    if (dots == "..") {
      if (!path.empty()) path.pop_back();
      if (last) path.emplace_back();
    } else if (dots == ".") {
      if (last) path.emplace_back();
    } else {
      path.push_back(text.substr(i, end - i));
    }
    i = end + 1;
  }
  std::string out;
  for (const std::string& segment : path) out += "/" + segment;
  return out;
}

std::string decode_once(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = [&](std::size_t at) {
      return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at]));
    };
    if (text[i] == '%' && digit(i + 1) && digit(i + 2)) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

void expect_safe(const std::string& target, std::string_view origin) {
  ASSERT_FALSE(target.empty());
  EXPECT_LE(target.size(), kMaxNextBytes);
  EXPECT_EQ(target[0], '/');
  EXPECT_FALSE(target.starts_with("//"));
  for (const char c : target) EXPECT_TRUE(c > 0x20 && c < 0x7F && c != '\\') << static_cast<int>(c);
  EXPECT_EQ(resolved_path(target), path_of(target)) << "the URL Standard serialises another path";
  EXPECT_EQ(emitted(target, origin), target) << "no fixed point";
  EXPECT_EQ(emitted(target, ""), target) << "depends on the origin";

  const std::string again = decode_once(path_of(target));
  for (const char c : again) EXPECT_FALSE((c >= 0 && c < 0x20) || c == 0x7F) << "a control character, decoded";
  for (const std::string_view read : {std::string_view(again), path_of(again)}) {
    const std::optional<std::string> path = resolved_path(read);
    ASSERT_TRUE(path) << "another host, decoded";
    EXPECT_FALSE(path->starts_with("//")) << "two slashes, decoded";
  }
}

void expect_outcome(const Json& c, const std::string& next, const std::string& origin) {
  SCOPED_TRACE(origin);
  const auto target = emitted(next, origin);
  const Json& want = c.at("want");
  EXPECT_EQ(target, want.is_null() ? std::nullopt : std::optional(bytes(want)));
  if (target) expect_safe(*target, origin);
  if (!c.contains("verdict")) return;
  const auto verdict = c.at("verdict").get<std::string>();
  if (verdict == "must-accept") EXPECT_TRUE(target);
  if (verdict == "must-reject") EXPECT_FALSE(target);
  if (!target) return;
  const Json& allowed = c.at("allowed");
  EXPECT_TRUE(std::any_of(allowed.begin(), allowed.end(), [&](const Json& one) { return bytes(one) == *target; }));
}

VECTOR_TEST(Next, next) {
  const std::string next = bytes(c.at("next"));
  if (c.contains("origin")) {
    expect_outcome(c, next, c.at("origin").get<std::string>());
    return;
  }
  for (const std::string& origin : kOrigins) expect_outcome(c, next, origin);
}

// Wherever the bytes lie in memory, and however often the check has run before.
TEST(Next, VerdictDependsOnNothingElse) {
  const Json document = vectors::load("next");
  for (int round = 0; round < 3; ++round) {
    for (const Json& c : document.at("cases")) {
      const std::string next = bytes(c.at("next"));
      if (next.size() > 1000) continue;
      const auto target = emitted(next, kOrigins[0]);
      for (std::size_t offset = 1; offset < 9; ++offset) EXPECT_EQ(emitted(next, kOrigins[0], offset), target) << next;
    }
  }
}

// Every prefix of every case, and every case with one byte replaced: what is emitted is safe.
TEST(Next, MutatedVectorsAreSafe) {
  const Json document = vectors::load("next");
  std::mt19937 random(9);
  for (const Json& c : document.at("cases")) {
    const std::string next = bytes(c.at("next"));
    if (next.size() > 200) continue;
    for (std::size_t i = 0; i < next.size(); ++i) {
      const std::string prefix = next.substr(0, i);
      std::string replaced = next;
      replaced[i] = random() % 2 == 0 ? "/\\.%2eEfF5cC?# \t\r\n"[random() % 18] : static_cast<char>(random() % 256);
      for (const std::string& text : {prefix, replaced}) {
        SCOPED_TRACE(text);
        if (const auto target = emitted(text, kOrigins[0])) expect_safe(*target, kOrigins[0]);
      }
    }
  }
}

TEST(Next, EveryByteInEveryPart) {
  for (const char* part : {"/", "/x?", "/x#", "/%41"}) {
    for (int byte = 0; byte < 256; ++byte) {
      const std::string text = std::string(part) + static_cast<char>(byte) + "y";
      SCOPED_TRACE(text);
      const auto target = emitted(text, kOrigins[0]);
      if (target) expect_safe(*target, kOrigins[0]);
      if (byte < 0x20 || byte >= 0x7F) EXPECT_FALSE(target);
    }
  }
}

// What is behind a text that is part of a longer one does not count.
TEST(Next, ACutEscapeIsNoEscape) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view whole = "/%2f%2fevil.example";
  for (const std::size_t size : {2u, 3u}) {
    Text encoded;
    EXPECT_EQ(check_next(whole.substr(0, size), "", encoded), NextVerdict::unchanged) << size;
  }
  Text encoded;
  EXPECT_EQ(check_next(whole.substr(0, 4), "", encoded), NextVerdict::refused);
}

}  // namespace
}  // namespace landfall
