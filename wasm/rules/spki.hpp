#pragma once

#include <string_view>

#include "base/text.hpp"

/// Keys and signatures in DER (ITU-T X.690), for cryptographic libraries other than WebCrypto.
namespace landfall {

/// SubjectPublicKeyInfo (RFC 5280 4.1).
/// @param algorithm its AlgorithmIdentifier, in DER. @param key the key's own encoding, in whole bytes.
Text build_spki(std::string_view algorithm, std::string_view key);

/// RSAPublicKey (RFC 8017 A.1.1). @param modulus @param exponent bytes, most significant first, not empty.
Text build_rsa_key(std::string_view modulus, std::string_view exponent);

/// An ECDSA signature as the SEQUENCE of two INTEGERs (RFC 3279 2.2.3).
/// @param raw r and s, of the same length (RFC 7518 3.4).
Text build_ecdsa_der(std::string_view raw);

}  // namespace landfall
