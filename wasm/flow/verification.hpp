#pragma once

#include "flow/step.hpp"
#include "json/jwt.hpp"
#include "rules/jwks.hpp"
#include "rules/signature_algorithm.hpp"

namespace landfall {

/// RFC 7517 8.5.2 has a type for key sets, and strict servers know no other.
inline constexpr std::string_view kJwksTypes = "application/json, application/jwk-set+json";

/// Asks the host to verify the signature of a token; null for one that no key of this kind can have made.
Verify* verify_with(const Jwt& token, const SignatureAlgorithm& algorithm, const PublicKey& key);

}  // namespace landfall
