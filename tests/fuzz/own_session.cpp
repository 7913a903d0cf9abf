// Sessions of our own: only what was sealed opens, whatever cookies come; and whatever a profile or the app's data is,
// it comes back as it was.
#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "input.hpp"
#include "rules/own_session_cookies.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kOrigin = "https://app.example";
constexpr std::int64_t kNow = 1'750'000'000;

/// What a browser sends after these Set-Cookie values.
Text header_of(const List<std::string_view>& lines) {
  Text header;
  for (const std::string_view line : lines) header += concat(line.substr(0, line.find(';')), "; ");
  return header;
}

bool is_same(const OwnSession& one, const OwnSession& other) {
  return one.created == other.created && one.renewed == other.renewed && one.sid == other.sid &&
         one.provider == other.provider && one.user == other.user && one.data == other.data;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string entropy(kEntropyBytes, 'e');
  SessionPolicy policy;
  policy.is_wanted = true;
  policy.keys.push_back(PurposeKey("0123456789abcdef0123456789abcdef", kSessionPurpose));
  policy.keys.push_back(PurposeKey("fedcba9876543210fedcba9876543210", kSessionPurpose));

  // The core keeps JSON in ASCII. Here any bytes do.
  const OwnSession session{.created = kNow,
                           .renewed = kNow,
                           .sid = make_sid(policy.keys.front(), entropy),
                           .provider = "work",
                           .user = input.substr(0, size / 2),
                           .data = input.substr(size / 2)};
  List<std::string_view> lines;
  const ErrorCode code = keep_own_session(policy, kOrigin, input, session, entropy, kNow, lines);
  CHECK(code == ErrorCode::ok || (code == ErrorCode::session_too_large && lines.empty()));
  const Text header = header_of(lines);
  for (const std::string_view line : lines) CHECK(line.size() <= 4096 + 200);
  if (code == ErrorCode::ok) {
    const OpenedSession* opened = find_own_session(policy, kOrigin, header, kNow);
    CHECK(opened != nullptr && is_same(opened->session, session) && !opened->has_old_key);
    CHECK(find_own_session(policy, "https://other.example", header, kNow) == nullptr);
  }

  // The input as the browser's cookies, in front of the true ones and behind them: nothing but the true one opens.
  for (const Text& cookies : {concat(input, "; ", header), concat(header, input), Text(input)}) {
    const OpenedSession* opened = find_own_session(policy, kOrigin, cookies, kNow);
    CHECK(opened == nullptr || is_same(opened->session, session));
    List<std::string_view> removed;
    SealedCookies(kSessionCookies, policy, kOrigin, cookies).clear(removed);
    CHECK(removed.size() <= 2);
  }

  // The input changes the cookies byte by byte: position, then what to xor it with.
  if (code != ErrorCode::ok || header.empty()) return 0;
  Text changed = concat(header, "");
  for (std::size_t i = 0; i + 1 < size; i += 2)
    changed.writable()[data[i] % changed.size()] ^= static_cast<char>(data[i + 1]);
  const OpenedSession* opened = find_own_session(policy, kOrigin, changed, kNow);
  CHECK(opened == nullptr || is_same(opened->session, session));
  return 0;
}
