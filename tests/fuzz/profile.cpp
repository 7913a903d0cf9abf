// The profile of a person: whatever a provider says, in the form of any row, it has eight members of the right kinds.
#include <array>
#include <string>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/memory.hpp"
#include "base/utf8.hpp"
#include "input.hpp"
#include "json/json.hpp"
#include "rules/known_provider.hpp"
#include "rules/profile.hpp"

using namespace landfall;

namespace {

/// A row of each kind, and none.
constexpr std::string_view kRows[] = {"google", "facebook",  "apple",    "azure",  "twitter", "github",
                                      "gitlab", "bitbucket", "discord",  "figma",  "kakao",   "linkedin",
                                      "notion", "slack",     "spotify",  "twitch", "workos",  "zoom",
                                      "line",   "reddit",    "keycloak", "ghes",   ""};
/// Where a session has what a provider says.
constexpr std::string_view kPlaces[] = {"userinfo", "claims", "token_response", "emails", "posted_user", "user"};
constexpr auto kMembers = std::to_array<std::string_view>(
    {"provider", "sub", "name", "email", "email_verified", "picture", "username", "locale"});
constexpr auto kNoMember = std::to_array<std::string_view>({""});

bool is_text(const Value& value) {
  return value.kind == Kind::null || (value.is_string() && value.text.size() <= kMaxProfileTextBytes);
}

void check(std::string_view provider, std::string_view profile) {
  if (profile.empty()) return;
  for (const char c : profile) CHECK(is_printable_ascii(c));
  const Document* members = parse_json(profile, kMembers, 1);
  CHECK(members != nullptr && members->members.size() == kMembers.size());
  for (const std::string_view name : kMembers)
    if (name != "email_verified") CHECK(is_text(members->at(name)));
  CHECK(members->at("provider").text == provider);
  const Value& verified = members->at("email_verified");
  CHECK(verified.kind == Kind::boolean);
  CHECK(verified.text == "false" || members->at("email").is_string());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view name = input.pick(kRows);
  const KnownProvider row = known_provider(name);
  const ProfileSource source{.paths = row[Column::profile], .emails = row[Column::emails]};
  Text session = R"({"access_token":"a")";
  // What comes last is the rest.
  for (std::size_t places = 1 + input.pick(3); places > 0; --places) {
    const std::string_view place = input.pick(kPlaces);
    const std::string_view said = places == 1 ? input.rest() : input.text(255);
    if (parse_json(said, kNoMember, 1) != nullptr) session += concat(",\"", place, "\":", to_ascii_json(said));
  }
  session += '}';
  check("work", build_profile("work", session, source));
  // A text that is no session has an outcome too.
  check("work", build_profile("work", to_ascii_json(input.rest()), source));
  return 0;
}
