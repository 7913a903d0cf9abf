#include "rules/state.hpp"

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/sha256.hpp"

namespace landfall {
namespace {

constexpr std::size_t kRandomCharacters = 43;
constexpr std::size_t kHostHashBytes = 3;

}  // namespace

Text host_hash(std::string_view host) {
  if (host.empty()) return {};
  const Sha256Digest digest = sha256(lower(host));
  return base64url(as_bytes(digest).substr(0, kHostHashBytes));
}

Text make_state(std::string_view entropy, std::int64_t now, std::string_view host) {
  Text state;
  append_base64url(state, entropy.substr(0, kStateEntropyBytes));
  state += '-';
  append_base36(state, now);
  state += '-';
  state += host_hash(host);
  return state;
}

std::optional<StateHints> parse_state_hints(std::string_view state) {
  if (state.size() > kMaxStateBytes || state.size() <= kRandomCharacters || state[kRandomCharacters] != '-')
    return std::nullopt;
  const std::string_view hints = state.substr(kRandomCharacters + 1);
  const std::size_t dash = hints.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto created = parse_base36(hints.substr(0, dash));
  if (!created) return std::nullopt;
  return StateHints{.created = *created, .host_hash = hints.substr(dash + 1)};
}

bool is_state_tag(std::string_view text) { return text.size() == kStateTagBytes && is_base64url(text); }

}  // namespace landfall
