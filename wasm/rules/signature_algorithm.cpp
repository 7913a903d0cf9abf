#include "rules/signature_algorithm.hpp"

#include <array>

#include "base/ascii.hpp"

namespace landfall {
namespace {

// RFC 3279 2.3.1, RFC 5480 2.1.1 and RFC 8410 3.
constexpr std::string_view kRsa("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", 15);
constexpr std::string_view kP256("\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07",
                                 21);
constexpr std::string_view kP384("\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22", 18);
constexpr std::string_view kP521("\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x23", 18);
constexpr std::string_view kEd25519("\x30\x05\x06\x03\x2b\x65\x70", 7);

constexpr auto kAlgorithms = std::to_array<SignatureAlgorithm>({
    {"RS256", "RSA", "", 256, 0, Acceptance::always, kRsa},
    {"RS384", "RSA", "", 384, 0, Acceptance::listed, kRsa},
    {"RS512", "RSA", "", 512, 0, Acceptance::listed, kRsa},
    {"PS256", "RSA", "", 256, 0, Acceptance::always, kRsa},
    {"PS384", "RSA", "", 384, 0, Acceptance::listed, kRsa},
    {"PS512", "RSA", "", 512, 0, Acceptance::listed, kRsa},
    {"ES256", "EC", "P-256", 256, 32, Acceptance::always, kP256},
    {"ES384", "EC", "P-384", 384, 48, Acceptance::listed, kP384},
    {"ES512", "EC", "P-521", 512, 66, Acceptance::listed, kP521},
    {"EdDSA", "OKP", "Ed25519", 512, 32, Acceptance::always, kEd25519},
    {"HS256", "oct", "", 256, 0, Acceptance::named, ""},
});

}  // namespace

const SignatureAlgorithm* find_signature_algorithm(std::string_view alg) {
  if (alg == "Ed25519") alg = "EdDSA";
  for (const SignatureAlgorithm& algorithm : kAlgorithms)
    if (algorithm.alg == alg) return &algorithm;
  return nullptr;
}

bool is_accepted(const SignatureAlgorithm& algorithm, std::string_view named, std::string_view listed) {
  if (!named.empty()) return &algorithm == find_signature_algorithm(named);
  return algorithm.acceptance == Acceptance::always ||
         (algorithm.acceptance == Acceptance::listed && has_word(listed, algorithm.alg));
}

}  // namespace landfall
