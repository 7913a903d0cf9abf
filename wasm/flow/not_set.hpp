#pragma once

#include "base/result.hpp"
#include "flow/config.hpp"

/// Checks whether options are still without a value. Each function returns the error with the first such option, or
/// `ok`.
namespace landfall {

/// Checks the options that every route needs, except the error page. Error: config_missing.
Error check_configured(const Config& config);

/// The same for a request. On this machine no origin is needed, so one without a value blocks nothing.
Error check_configured(const Config& config, const Request& request);

/// Checks the options of a provider. Error: provider_not_configured.
Error check_configured(const Provider& provider);

/// Checks the options that a sign-in by this name needs: those of the direct provider with this name, otherwise those
/// of Supabase. Error: provider_not_configured.
Error check_configured(const Config& config, std::string_view provider);

/// Checks the options of Supabase. Error: provider_not_configured.
Error check_supabase_configured(const Config& config);

/// The providers that the options name and that miss no value. On this machine no origin is needed, so one without a
/// value takes nobody away.
List<std::string_view> list_usable_providers(const Config& config);

}  // namespace landfall
