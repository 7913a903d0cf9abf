#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/limits.hpp"
#include "rules/own_session_cookies.hpp"

/// A session of somebody, and the app that keeps it.
namespace landfall {

inline constexpr std::string_view kHome = "https://app.example";
inline constexpr std::string_view kAppSecret = "0123456789abcdef0123456789abcdef";
inline constexpr std::string_view kAda = R"({"provider":"work","sub":"1"})";
inline constexpr std::int64_t kBegun = 1'800'000'000;

inline std::string entropy_of(char byte) { return std::string(kEntropyBytes, byte); }

class OwnSessionCase : public testing::Test {
 protected:
  OwnSessionCase() {
    policy_.is_wanted = true;
    policy_.keys.push_back(PurposeKey(kAppSecret, kSessionPurpose));
    session_ = {.created = kBegun,
                .renewed = kBegun,
                .sid = "abcdefghijklmnop",
                .provider = "work",
                .user = kAda,
                .data = R"({"role":"admin"})"};
  }

  [[nodiscard]] std::string seal(std::string_view place = kHome, char entropy = 'e') const {
    return std::string(
        seal_text(pack_session(session_), {.name = "name", .place = place}, policy_.keys.front(), entropy_of(entropy))
            .view());
  }

  [[nodiscard]] const OpenedSession* open(std::string_view sealed, std::string_view name = "name",
                                          std::string_view where = kHome) const {
    const OpenedText* opened = open_text(sealed, {.name = name, .place = where}, policy_.keys);
    if (opened == nullptr) return nullptr;
    return &place(OpenedSession{.session = unpack_session(opened->text), .has_old_key = opened->has_old_key});
  }

  /// The Set-Cookie values that keep the session.
  std::vector<std::string> write(std::string_view cookie_header = {}, std::string_view origin = kHome) {
    List<std::string_view> lines;
    EXPECT_EQ(keep_own_session(policy_, origin, cookie_header, session_, entropy_of('e'), kBegun, lines),
              ErrorCode::ok);
    return {lines.begin(), lines.end()};
  }

  /// What the browser sends after these lines.
  static std::string header_of(const std::vector<std::string>& lines) {
    std::string header;
    for (const std::string& line : lines) header += line.substr(0, line.find(';')) + "; ";
    return header;
  }

  [[nodiscard]] const OpenedSession* find(std::string_view header, std::string_view origin = kHome,
                                          std::int64_t now = kBegun) const {
    return find_own_session(policy_, origin, header, now);
  }

  Memory memory_;
  MemoryScope scope_{memory_};
  SessionPolicy policy_;
  OwnSession session_;
};

}  // namespace landfall
