#pragma once

#include <string_view>

namespace landfall {

/// Whether bytes can be random ones for a sign-in: kEntropyBytes or more, and each of the three parts (state,
/// code_verifier, nonce) is more than one byte again and again. A random source that fails without a word leaves that.
/// Proof: tests/vectors/entropy.json.
bool is_entropy(std::string_view bytes);

}  // namespace landfall
