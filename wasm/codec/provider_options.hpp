#pragma once

#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"
#include "codec/config.hpp"
#include "json/document.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// Whether a name can stand in cookies, queries and events: 1 to 64 of [A-Za-z0-9_-].
bool is_provider_name(std::string_view name);

/// Adds one scope token, or several in one string (RFC 6749 3.3).
Problem read_scope(std::string_view& scope, const Value& value);

/// Derives the keys that seal transactions from the secrets, or from `fallback` when there are none.
void derive_keys(List<HmacKey>& keys, std::span<const std::string_view> secrets, std::string_view fallback);

/// Takes one option of a provider; `path` is relative to it ("clientId", "scopes/0"). One without a value goes into
/// Provider::missing where it is needed. @param suggestion filled for
/// Problem::unknown with the known option that looks like it, if there is one.
Problem read_provider_option(Provider& provider, std::string_view path, const Value& value,
                             std::string_view& suggestion);

/// Fills up a provider from its preset, checks that nothing is missing, and derives its keys from the secrets, or from
/// its client secret when there are none. What is wrong, or Problem::none.
ConfigError complete_provider(Provider& provider, const Secrets& secrets);

}  // namespace landfall
