#include "flow/verification.hpp"

#include "base/base64url.hpp"
#include "rules/jwks.hpp"
#include "rules/spki.hpp"

namespace landfall {

IdTokenExpectation expect_of(const Config& config, const Provider& provider, std::int64_t now) {
  return {.issuers = provider.issuers(),
          .client_id = provider.client_id,
          .nonce = {},
          .has_nonce = false,
          .access_token = {},
          .max_age = {},
          .named_alg = provider.id_token_signed_response_alg,
          .listed_algs = {},
          .now = now,
          .clock_tolerance = config.clock_tolerance};
}

Verification verify_with(const FetchResult& result, const Jwt& token, const SignatureAlgorithm& algorithm,
                         const Issuers& issuers) {
  const auto jwks = parse_jwks(result);
  if (!jwks) return {.error = jwks.error()};
  const auto key = select_key(*jwks, token.header.at("kid").text, algorithm, issuers, token.claims.at("iss").text);
  if (!key) return {.error = key.error()};
  const bool is_ecdsa = algorithm.is_ecdsa();
  const Text raw = is_ecdsa ? parse_base64url(token.signature).value_or(Text()) : Text();
  // With another length, the two numbers would be different numbers in DER.
  if (is_ecdsa && raw.size() != std::size_t{2} * algorithm.curve_bytes)
    return {.error = {ErrorCode::id_token_signature}};
  auto& verify = place<Verify>();
  verify.alg = algorithm.alg;
  verify.jwk = key->jwk;
  verify.spki = base64url(key->spki);
  verify.signature = token.signature;
  if (is_ecdsa) verify.signature_der = base64url(build_ecdsa_der(raw));
  verify.data = token.signing_input;
  return {.step = &verify};
}

}  // namespace landfall
