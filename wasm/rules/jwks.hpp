#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "rules/fetch_result.hpp"
#include "rules/issuer.hpp"
#include "rules/signature_algorithm.hpp"

namespace landfall {

/// Reads a JSON Web Key Set (RFC 7517 5). Errors: jwks_unavailable, jwks_invalid.
Result<Document> parse_jwks(const FetchResult& result);

/// A public key in the forms that cryptographic libraries accept.
struct PublicKey {
  /// A JSON Web Key with public members only.
  Text jwk;
  /// SubjectPublicKeyInfo in DER.
  Text spki;
};

/// The public key that a token's header names, from a JSON Web Key Set (RFC 7517 5). It ignores keys for other uses
/// (`use`, `alg`, `key_ops`; RFC 7517 4.2 to 4.4), and RSA keys under kMinRsaBits or over kMaxRsaBits, or with an
/// exponent of 1 or an even one, and keys of another tenant. It also ignores jku, x5u and jwk headers.
/// @param iss the token's issuer. Errors: jwks_invalid, id_token_key.
Result<PublicKey> select_key(const Document& jwks, std::string_view kid, const SignatureAlgorithm& algorithm,
                             const Issuers& issuers, std::string_view iss);

}  // namespace landfall
