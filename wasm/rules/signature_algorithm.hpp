#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landfall {

/// Who has to ask for an algorithm before a token with it is accepted.
enum class Acceptance : std::uint8_t {
  always,
  /// The provider's metadata lists it, or the configuration names it.
  listed,
  /// The configuration names it.
  named,
};

/// An algorithm that ID Tokens are signed with (RFC 7518 3.1, RFC 8037 3.1).
struct SignatureAlgorithm {
  std::string_view alg;
  std::string_view kty;
  std::string_view crv;
  /// The bits of the SHA-2 hash in at_hash (OpenID Connect Core 3.1.3.6).
  std::uint16_t hash_bits;
  /// The length of each number of a key on a curve, and of each of the two numbers of an ECDSA signature, with leading
  /// zeros (RFC 7518 3.4 and 6.2.1, RFC 8032 5.1.5).
  std::uint8_t curve_bytes;
  Acceptance acceptance;
  /// The AlgorithmIdentifier of its public keys, in DER (RFC 5280 4.1.1.2).
  std::string_view key_identifier;

  /// A MAC: its key is the client secret (OpenID Connect Core 10.1).
  [[nodiscard]] bool is_mac() const { return kty == "oct"; }
  /// Its signature is a pair of numbers.
  [[nodiscard]] bool is_ecdsa() const { return kty == "EC"; }
};

/// The row of a JWS algorithm's name, or null. EdDSA is also Ed25519 (RFC 9864 2.2). Never `none`.
const SignatureAlgorithm* find_signature_algorithm(std::string_view alg);

/// Whether a provider may sign with an algorithm.
/// @param named the only one that the configuration accepts, or empty.
/// @param listed the names in the provider's metadata, with blanks between.
bool is_accepted(const SignatureAlgorithm& algorithm, std::string_view named, std::string_view listed);

}  // namespace landfall
