// The attacker's sibling sub-domain: cookies for the whole site, as far as a browser lets it set them.
#include "base/memory.hpp"
#include "journey_attack.hpp"
#include "journey_visit.hpp"
#include "rules/state.hpp"
#include "rules/supabase/cookies.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::string_view kSibling = "evil.app.example";
/// A server refuses a longer Cookie header before any app sees it.
constexpr std::size_t kMaxHeaderBytes = 32u << 10;
constexpr std::string_view kPaths[] = {"/", "/auth", "/auth/callback", "/auth/callback/openid", "/auth/sign-in"};
constexpr std::string_view kBetween[] = {",", ", ", " ", "\"", "\",", "\t", "=", ",,", "\\", "%3B%20", ":"};

std::string encoded(const std::string& text) {
  Memory memory;
  const MemoryScope scope(memory);
  return std::string(supabase::encode_cookie(text, false).view());
}

/// A sign-in of the attacker's own browser; null for none.
const SignIn* find_own(const World& world, std::size_t which) {
  std::vector<const SignIn*> own;
  for (const SignIn& sign_in : world.sign_ins)
    if (sign_in.browser == 1) own.push_back(&sign_in);
  return own.empty() ? nullptr : own[which % own.size()];
}

std::string pick_name(const SignIn& own, Input& input) {
  const std::string tag(state_tag(own.state));
  const std::string session(kSessionCookie);
  switch (input.pick(16)) {
    case 0:
      return "landfall-" + tag;
    case 1:
      return "__Secure-landfall-" + tag;
    case 2:
      return "__Host-landfall-" + tag;
    case 3:
      return "__HOST-landfall-" + tag;
    case 4:
      return "";
    case 5:
      return session;
    case 6:
      return session + ".0";
    case 7:
      return session + ".1";
    case 8:
      return session + "-code-verifier";
    case 9:
    case 10:
      return session + "-flow-" + own.state + "-code-verifier";
    case 11:
      return session + "-flows-code-verifier";
    case 12:
      return "landfall-done";
    case 13:
      return "a";
    case 14:
      return "\"";
    default:
      return std::string(input.text(24));
  }
}

std::string pick_value(const SignIn& own, Input& input) {
  const std::string sealed = own.cookie.substr(own.cookie.find('=') + 1);
  switch (input.pick(9)) {
    case 0:
      return sealed;
    case 1:
    case 2:
      return encoded("\"" + own.code_verifier + "\"");
    case 3: {
      const std::string between(input.pick(kBetween));
      return "x" + between + own.cookie + between;
    }
    case 4:
      return "x" + std::string(input.pick(kBetween)) + std::string(kSessionCookie) +
             "-code-verifier=" + encoded("\"" + own.code_verifier + "\"");
    case 5:
      return std::string(3000, 'a');
    case 6:
      return encoded(R"({"access_token":"planted","refresh_token":"planted","expires_at":9999999999})");
    case 7:
      return encoded("[\"" + own.state + "\",\"" + own.state.substr(0, 12) + "\"]");
    default:
      return std::string(input.text(40));
  }
}

}  // namespace

void plant_cookies(World& world, Input& input) {
  const SignIn none{
      .provider = &world.providers()[0], .state = "unknownunknown", .cookie = "__Host-landfall-unknownunk=x"};
  const std::uint8_t choice = input.byte();
  const SignIn* own = find_own(world, choice / 16);
  if (own == nullptr) own = &none;
  const std::string name = pick_name(*own, input);
  const std::string value = pick_value(*own, input);
  const std::string path(input.pick(kPaths));
  // Many of one name, each with a number behind it.
  const std::size_t count = choice % 16 == 15 ? 40 : 1;
  Jar& jar = world.jars[0];
  for (std::size_t i = 0; i < count; ++i) {
    if (jar.header(kHosts[0], "/auth/callback/openid", false).size() + value.size() > kMaxHeaderBytes) return;
    const std::string line =
        name + (count == 1 ? "" : std::to_string(i)) + "=" + value + "; Secure; Domain=app.example; Path=" + path;
    world.has_sibling_cookies |= jar.follow(line, kSibling);
  }
}

}  // namespace landfall::fuzz
