#pragma once

#include <string_view>

#include "base/text.hpp"

/// Keys and signatures in DER (ITU-T X.690), for cryptographic libraries other than WebCrypto.
namespace landfall {

/// An RSA public key as SubjectPublicKeyInfo (RFC 5280 4.1, RFC 3279 2.3.1).
/// @param modulus @param exponent bytes, most significant first, without leading zeros.
Text build_rsa_spki(std::string_view modulus, std::string_view exponent);

/// A P-256 public key as SubjectPublicKeyInfo (RFC 5480 2). @param x @param y 32 bytes each.
Text build_p256_spki(std::string_view x, std::string_view y);

/// An Ed25519 public key as SubjectPublicKeyInfo (RFC 8410 4). @param x 32 bytes.
Text build_ed25519_spki(std::string_view x);

/// An ECDSA signature as the SEQUENCE of two INTEGERs (RFC 3279 2.2.3).
/// @param raw r and s, of the same length (RFC 7518 3.4).
Text build_ecdsa_der(std::string_view raw);

}  // namespace landfall
