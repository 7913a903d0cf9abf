#pragma once

#include "rules/known_provider.hpp"
#include "rules/provider.hpp"

namespace landfall {

/// Fills what the options leave open from the provider's row of providers.def. The row's addresses, and where the
/// client and its servers weaken each other, stay out where the options name other servers.
/// Returns the option that the row needs, or nothing.
std::string_view apply_row(Provider& provider, const KnownProvider& row);

}  // namespace landfall
