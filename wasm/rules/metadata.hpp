#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "rules/fetch_result.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// The URL of a provider's metadata. If the scope has `openid`, OpenID Connect Discovery 4 appends the well-known path
/// to the issuer. Otherwise RFC 8414 3.1 puts its own between host and path.
Text build_metadata_url(const Provider& provider);

/// Reads a provider's metadata (RFC 8414 2, 3.2, 3.3). The issuer must equal the expected one, byte for byte. Every
/// endpoint that a sign-in needs must use https and be on another machine. An issuer on this machine may also name this
/// machine and plain http on it. An optional endpoint that breaks these rules counts as absent. Values from the
/// configuration stay. Landfall sends PKCE even if code_challenge_methods_supported is missing. Errors:
/// discovery_unavailable, discovery_invalid with the member, discovery_issuer.
Result<Endpoints> parse_metadata(const FetchResult& result, const Provider& provider);

/// The endpoints of a provider, from its metadata if the provider needs it. @param metadata null when it was not
/// fetched. Errors: discovery_required, and those of parse_metadata.
Result<Endpoints> resolve_endpoints(const Provider& provider, const FetchResult* metadata);

/// The default authentication for a provider: client_secret_basic if there is a secret (RFC 6749 2.3.1).
ClientAuthentication default_authentication(const Provider& provider);

}  // namespace landfall
