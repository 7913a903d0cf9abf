#pragma once

#include <string_view>

#include "base/text.hpp"
#include "rules/provider.hpp"
#include "rules/transaction.hpp"

namespace landfall {

/// The authorization request (RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.1) as a URL: the endpoint with
/// its own query byte for byte, then Landfall's parameters, then those of the configuration. From the incoming request
/// it holds nothing but `asked`, and of that nothing that the configuration has.
/// @param asked the parameters of this sign-in that the provider's `allow` names, and login_hint.
Text build_authorization_url(const Provider& provider, std::string_view authorization_endpoint,
                             const Transaction& transaction, std::string_view redirect_uri,
                             const Parameters& asked = {});

/// Who the provider may expect (OpenID Connect Core 3.1.2.1): every sign-in may say it.
inline constexpr std::string_view kLoginHint = "login_hint";

/// Whether a list has a parameter.
bool has_parameter(const Parameters& parameters, std::string_view name);

/// Whether only Landfall sets a parameter, because it belongs to the protocol. A configuration must not name it.
bool is_reserved_parameter(std::string_view name);

}  // namespace landfall
