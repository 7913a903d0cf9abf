#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "json/jwt.hpp"
#include "rules/fetch_result.hpp"
#include "rules/id_token.hpp"
#include "rules/signature_algorithm.hpp"

namespace landfall {

/// RFC 7517 8.5.2 has a type for key sets, and strict servers know no other.
inline constexpr std::string_view kJwksTypes = "application/json, application/jwk-set+json";

/// What a token of a provider has to say at any time; without a nonce, and for whatever access token.
IdTokenExpectation expect_of(const Config& config, const Provider& provider, std::int64_t now);

/// A question about a signature; null with the reason why there is none.
struct Verification {
  Verify* step = nullptr;
  Error error{ErrorCode::ok};
};

/// Asks the host to verify the signature of a token with its key of a key set. Errors: those of parse_jwks and
/// select_key; id_token_signature for one that no key of this kind can have made.
Verification verify_with(const FetchResult& jwks, const Jwt& token, const SignatureAlgorithm& algorithm,
                         const Issuers& issuers);

}  // namespace landfall
