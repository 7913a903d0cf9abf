#pragma once

#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "codec/config.hpp"
#include "codec/option_reader.hpp"
#include "rules/provider.hpp"
#include "rules/supabase/project.hpp"

/// What follows from the options once all of them are read: the checks across options, and what they leave open.
namespace landfall {

/// The app's `secret`s, newest first.
struct Secrets {
  std::span<const std::string_view> list;
  /// The option is there and has no value yet: then no key is made of anything else.
  bool is_awaited = false;
};

/// Derives the keys that seal transactions from the secrets, or from `fallback` when there are none.
void derive_keys(List<HmacKey>& keys, std::span<const std::string_view> secrets, std::string_view fallback);

/// Fills up a provider from its preset, checks that nothing is missing, and derives its keys from the secrets, or from
/// its client secret when there are none. What is wrong, or Problem::none.
ConfigError complete_provider(Provider& provider, const Secrets& secrets);

/// Checks that nothing is missing, and that cookies can be written; derives the keys from the secrets, or from the
/// project's key when there are none. What is wrong, or Problem::none.
ConfigError complete_project(supabase::Project& project, const Secrets& secrets);

/// Lists Config::routes, and checks them: each route has its own path; and no two callbacks are one to a provider that
/// matches redirect_uris by their beginning. What is wrong, or Problem::none.
ConfigError complete_routes(Config& config, bool wants_supabase);

/// All of it. What waits for a value is left as it is: nothing uses it before. What is wrong, or Problem::none.
ConfigError complete_config(Config& config, const GivenOptions& given);

}  // namespace landfall
