#include "rules/pkce.hpp"

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/sha256.hpp"

namespace landfall {

Text make_code_verifier(std::string_view entropy) { return base64url(entropy.substr(0, kCodeVerifierEntropyBytes)); }

Text code_challenge(std::string_view code_verifier) {
  const Sha256Digest digest = sha256(code_verifier);
  return base64url(as_bytes(digest));
}

bool is_code_verifier(std::string_view text) {
  if (text.size() < 43 || text.size() > 128) return false;
  for (const char c : text)
    if (!is_alnum(c) && std::string_view("-._~").find(c) == std::string_view::npos) return false;
  return true;
}

}  // namespace landfall
