#pragma once

#include <cstdint>

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/provider.hpp"
#include "rules/provider_error.hpp"

/// Requests that authenticate the client. Where its secret is a JWT, the host signs one first.
namespace landfall {

/// The token request. @param pending has endpoint, auth_code, origin and code_verifier.
Step& start_token_request(const Provider& provider, ClientAuthentication authentication, Pending& pending,
                          std::int64_t now);

/// The revocation request. @param pending has endpoint, token and token_type_hint.
Step& start_revocation(const Provider& provider, ClientAuthentication authentication, Pending& pending,
                       std::int64_t now);

/// Asks the host to sign a client secret. @param pending gets what is signed; @param stage the one that waits for it.
Sign& signature_of(const Provider& provider, Pending& pending, Stage stage, std::int64_t now);

/// Ends a callback that waits for something, with an error and what the provider said.
Respond& respond_pending(const Config& config, const Pending& pending, const Error& error,
                         const ProviderError& refusal = {});

/// Goes on after a SIGN: with the request that waits for it, or with an error.
Step& resume_signature(const Config& config, Pending& pending, const FetchResult& result);

}  // namespace landfall
