#pragma once

#include <string_view>

#include "base/text.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// A body to POST with client authentication.
struct ClientRequest {
  std::string_view body;
  std::string_view content_type;
  /// The Authorization header's value; empty if the client authenticates in the body.
  std::string_view authorization;
};

/// The token request (RFC 6749 4.1.3, RFC 7636 4.5): with the code_verifier, unless the provider refuses one.
/// @param client_secret the provider's, or the one that its key signed.
ClientRequest build_token_request(const Provider& provider, ClientAuthentication authentication,
                                  std::string_view client_secret, std::string_view code, std::string_view redirect_uri,
                                  std::string_view code_verifier);

/// The request for new tokens (RFC 6749 6). It names no scope, so that the scope stays.
ClientRequest build_refresh_request(const Provider& provider, ClientAuthentication authentication,
                                    std::string_view client_secret, std::string_view refresh_token);

/// The revocation request (RFC 7009 2.1).
ClientRequest build_revocation_request(const Provider& provider, ClientAuthentication authentication,
                                       std::string_view client_secret, std::string_view token,
                                       std::string_view token_type_hint);

}  // namespace landfall
