#pragma once

#include "base/result.hpp"
#include "flow/config.hpp"

/// What cannot be done yet because an option has no value. Each answers the error with the option, or `ok`.
namespace landfall {

/// What every route needs. Error: config_missing.
Error check_configured(const Config& config);

/// What a provider needs. Error: provider_not_configured.
Error check_configured(const Provider& provider);

/// What a sign-in by this name needs: the provider's own options, or Supabase's for a name that is no direct
/// provider's. Error: provider_not_configured.
Error check_configured(const Config& config, std::string_view provider);

/// What Supabase needs. Error: provider_not_configured.
Error check_supabase_configured(const Config& config);

}  // namespace landfall
