#include "codec/complete_config.hpp"

#include "codec/options.hpp"

namespace landfall {
namespace {

/// The option that the build cannot serve, and what it was built without; `none` where it serves all.
ConfigError missing_capability(const Config& config, const GivenOptions& given) {
  constexpr Problem kProblem = Problem::left_out;
  if (!kHasSupabase && given.project != nullptr) return {"supabase", kProblem, "LANDFALL_SUPABASE=ON"};
  if (!kHasProviders && !config.direct.empty()) return {"providers", kProblem, "LANDFALL_PROVIDERS=ON"};
  if (!kHasSessions && config.session.is_wanted) return {"session", kProblem, "LANDFALL_SESSION=ON"};
  if (!kHasSessions && config.wants_revoked) return {"isRevoked", kProblem, "LANDFALL_SESSION=ON"};
  return {.problem = Problem::none};
}

}  // namespace

ConfigError complete_config(Config& config, const GivenOptions& given) {
  if (const ConfigError error = missing_capability(config, given); error.problem != Problem::none) return error;
  if (config.direct.empty() && given.project == nullptr)
    return {.parameter = kHasProviders ? "providers" : "supabase", .problem = Problem::missing};
  Paths& paths = config.paths;
  if (paths.after_recovery.empty()) paths.after_recovery = paths.after_sign_in;
  if (paths.sign_in_page.empty()) paths.sign_in_page = paths.sign_in;
  if (config.base_path.ends_with('/')) config.base_path.remove_suffix(1);
  for (const Option& option : options_of(Scope::paths)) {
    auto& path = option.member<std::string_view>(&config);
    path = config.in_app(path);
  }
  const Secrets secrets{.list = {given.secrets.data(), given.secrets.size()},
                        .is_awaited = given.has_secret && given.secrets.empty()};
  const bool has_origin = !config.origin.fixed.empty() || !config.origin.trusted_hosts.empty();
  if (secrets.is_awaited) config.missing.push_back("secret");
  if (given.has_origin && !has_origin) config.missing.push_back("origin");
  if (config.session.is_on()) {
    const ConfigError error = complete_own_session(config.session, config.origin.fixed, secrets);
    if (error.problem != Problem::none) return error;
  }
  if (kHasSupabase && given.project != nullptr && config.supabase_missing.empty()) {
    const ConfigError error = complete_project(*given.project, secrets);
    if (error.problem != Problem::none) return error;
    config.project = given.project;
  }
  for (Provider& provider : config.direct) {
    if (!kHasProviders) break;
    if (provider.callback.empty())
      provider.callback = concat(paths.callback, paths.callback.ends_with('/') ? "" : "/", provider.name);
    provider.callback = config.in_app(provider.callback);
    if (!provider.missing.empty()) continue;
    const ConfigError error = complete_provider(provider, secrets);
    if (error.problem != Problem::none) return error;
  }
  return complete_routes(config, given.project != nullptr);
}

}  // namespace landfall
