#pragma once

#include <string_view>

namespace landfall {

/// Whether bytes can be the random bytes of a sign-in: there are kEntropyBytes or more, and none of the three parts
/// (state, code_verifier, nonce) repeats a single byte. A random source that fails silently leaves one byte repeated.
/// Proof: tests/vectors/entropy.json.
bool is_entropy(std::string_view bytes);

}  // namespace landfall
