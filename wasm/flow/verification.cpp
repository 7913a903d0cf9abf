#include "flow/verification.hpp"

#include "base/base64url.hpp"
#include "rules/spki.hpp"

namespace landfall {

Verify* verify_with(const Jwt& token, const SignatureAlgorithm& algorithm, const PublicKey& key) {
  const bool is_ecdsa = algorithm.is_ecdsa();
  const Text raw = is_ecdsa ? parse_base64url(token.signature).value_or(Text()) : Text();
  // With another length, the two numbers would be different numbers in DER.
  if (is_ecdsa && raw.size() != std::size_t{2} * algorithm.curve_bytes) return nullptr;
  auto& verify = place<Verify>();
  verify.alg = algorithm.alg;
  verify.jwk = key.jwk;
  verify.spki = base64url(key.spki);
  verify.signature = token.signature;
  if (is_ecdsa) verify.signature_der = base64url(build_ecdsa_der(raw));
  verify.data = token.signing_input;
  return &verify;
}

}  // namespace landfall
