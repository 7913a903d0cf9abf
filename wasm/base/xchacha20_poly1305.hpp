#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace landfall {

/// A key of XChaCha20-Poly1305.
using SealKey = Digest<32>;

constexpr std::size_t kSealNonceBytes = 24;
constexpr std::size_t kSealTagBytes = 16;

/// Encrypts and authenticates with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 2; RFC 8439 2.8): the ciphertext, as
/// long as `plaintext`, then the tag. The time depends on the lengths alone.
/// @param nonce kSealNonceBytes, different for each plaintext of a key. @param aad is authenticated, and not part of
/// the result. Proof: tests/vectors/xchacha20_poly1305.json.
Text seal_xchacha20_poly1305(const SealKey& key, std::string_view nonce, std::string_view aad,
                             std::string_view plaintext);

/// Opens what seal_xchacha20_poly1305 sealed with the same key, nonce and `aad`. Nothing for any other bytes: no byte
/// is decrypted before the tag is good.
std::optional<Text> open_xchacha20_poly1305(const SealKey& key, std::string_view nonce, std::string_view aad,
                                            std::string_view sealed);

}  // namespace landfall
