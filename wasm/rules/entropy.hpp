#pragma once

#include <cstdint>
#include <string_view>

namespace landfall {

/// Whether bytes can be the random bytes of a sign-in: there are kEntropyBytes or more, and none of the three parts
/// (state, code_verifier, nonce) repeats a single byte. A random source that fails silently leaves one byte repeated.
/// Proof: tests/vectors/entropy.json.
bool is_entropy(std::string_view bytes);

/// What the random bytes of a message are for, beside a sign-in.
enum class Drawn : std::uint8_t { sid, session, tokens, sign_out };

/// The part of the random bytes that one thing gets: no two share a byte.
std::string_view draw(std::string_view entropy, Drawn what);

}  // namespace landfall
