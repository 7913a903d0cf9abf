#pragma once

#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "codec/config.hpp"
#include "codec/option_reader.hpp"
#include "rules/provider.hpp"
#include "rules/supabase/project.hpp"

/// The work after all options are read: the checks across options, and the defaults that depend on other options.
namespace landfall {

/// The app's `secret`s, newest first.
struct Secrets {
  std::span<const std::string_view> list;
  /// The option is there and has no value yet: then no key is made of anything else.
  bool is_awaited = false;
};

/// Derives the keys that seal transactions from the secrets, or from `fallback` when there are none.
void derive_keys(List<HmacKey>& keys, std::span<const std::string_view> secrets, std::string_view fallback);

/// Fills up a provider from its row, checks that nothing is missing, and derives its keys from the secrets, or from
/// its client secret when there are none. Returns the problem, or Problem::none.
ConfigError complete_provider(Provider& provider, const Secrets& secrets);

/// Checks that nothing is missing, and that cookies can be written; derives the keys from the secrets, or from the
/// project's key when there are none. Returns the problem, or Problem::none.
ConfigError complete_project(supabase::Project& project, const Secrets& secrets);

/// Derives the keys of sessions from the secrets, and checks that their cookies can be written, at the app's fixed
/// origin where it has one. Returns the problem, or Problem::none.
ConfigError complete_own_session(SessionPolicy& session, std::string_view origin, const Secrets& secrets);

/// Lists Config::routes, and checks them. Each route has its own path. No two callbacks look the same to a provider
/// that matches redirect_uris by their beginning. Returns the problem, or Problem::none.
ConfigError complete_routes(Config& config, bool wants_supabase);

/// Completes everything. A part that waits for a value stays as it is, because nothing uses it before. Returns the
/// problem, or Problem::none.
ConfigError complete_config(Config& config, const GivenOptions& given);

}  // namespace landfall
