#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// The signing input of a client secret that the provider's private key signs with ES256 (RFC 7515 5.1): `iss` is the
/// team, `sub` the client_id, `aud` the issuer. It changes once in kClientSecretStepSeconds.
Text build_client_secret(const Provider& provider, std::int64_t now);

/// The client secret: a signing input and its signature. Empty unless the signature can be one.
/// @param signature base64url of r and s (RFC 7518 3.4).
Text sign_client_secret(std::string_view signing_input, std::string_view signature);

}  // namespace landfall
