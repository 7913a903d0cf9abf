#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "rules/fetch_result.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// Where a provider's metadata is: OpenID Connect Discovery 4 appends the well-known path to the issuer where `openid`
/// is asked for; RFC 8414 3.1 puts its own between host and path.
Text build_metadata_url(const Provider& provider);

/// Reads a provider's metadata (RFC 8414 2, 3.2, 3.3). The issuer has to be the one asked, byte for byte, and every
/// endpoint that a sign-in needs https and on another machine; an issuer on this machine may also name this machine
/// and plain http on it. An endpoint that is not needed counts as absent where it is not acceptable. What the
/// configuration says itself stays. Missing code_challenge_methods_supported says nothing about PKCE: it is sent
/// anyway. Errors: discovery_unavailable, discovery_invalid with the member, discovery_issuer.
Result<Endpoints> parse_metadata(const FetchResult& result, const Provider& provider);

/// The endpoints of a provider, from its metadata where it needs that. @param metadata null when it has not been asked
/// for. Errors: discovery_required, and those of parse_metadata.
Result<Endpoints> resolve_endpoints(const Provider& provider, const FetchResult* metadata);

/// The authentication for a provider without a choice of its own: client_secret_basic where there is a secret (RFC
/// 6749 2.3.1).
ClientAuthentication default_authentication(const Provider& provider);

}  // namespace landfall
