#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// Makes the `state` of a sign-in (RFC 6749 10.12): 256 random bits as 43 characters of base64url, then two hints,
/// which are not secret and only help to explain a failure: `-` and the time (base 36 seconds), `-` and a hash of the
/// host that started it. The state has at most kMaxFlowIdBytes of [A-Za-z0-9_-], so that it can also be a flow id of
/// auth-js.
/// @param entropy kStateEntropyBytes random bytes.
/// @param host the Host header at the start; empty if there was none.
Text make_state(std::string_view entropy, std::int64_t now, std::string_view host);

/// A state's hints about its start. Anybody can write these hints, so use them only to explain, never to decide.
struct StateHints {
  std::int64_t created = 0;
  std::string_view host_hash;
};

/// Reads the hints of a state from make_state. Returns nothing for any other text.
std::optional<StateHints> parse_state_hints(std::string_view state);

/// The hash of a host in a state: 24 bits as 4 characters of base64url, empty for no host.
Text host_hash(std::string_view host);

/// The first characters of a state, which name its transaction cookie.
constexpr std::size_t kStateTagBytes = 10;
constexpr std::string_view state_tag(std::string_view state) { return state.substr(0, kStateTagBytes); }

/// Whether a text could be a tag: kStateTagBytes characters of base64url.
bool is_state_tag(std::string_view text);

}  // namespace landfall
