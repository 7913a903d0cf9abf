#pragma once

#include <span>
#include <string_view>

#include "base/capabilities.hpp"
#include "base/limits.hpp"
#include "base/list.hpp"
#include "base/text.hpp"
#include "rules/base_path.hpp"
#include "rules/provider.hpp"
#include "rules/public_origin.hpp"
#include "rules/route.hpp"
#include "rules/session_policy.hpp"
#include "rules/supabase/project.hpp"

namespace landfall {

/// The routes of an app, as absolute paths.
struct Paths {
  std::string_view sign_in = "/auth/sign-in";
  std::string_view callback = "/auth/callback";
  std::string_view sign_out = "/auth/sign-out";
  std::string_view error = "/auth/auth-code-error";
  std::string_view after_sign_in = "/";
  std::string_view after_sign_out = "/";
  /// Where a page asks who is signed in.
  std::string_view session = "/auth/session";
  /// Where people who are not signed in go; sign_in unless the app says another.
  std::string_view sign_in_page = {};
  /// Only with Supabase.
  std::string_view confirm = "/auth/confirm";
  /// Where a reset of the password goes on; after_sign_in unless the app says another.
  std::string_view after_recovery = {};
};

/// The options of createAuth, checked and completed.
struct Config {
  /// What the options give. A flow asks providers() and supabase(), so that nothing reaches what the build leaves out.
  List<Provider> direct;
  const supabase::Project* project = nullptr;
  /// Supabase's options that are there without a value ("supabase.url").
  List<std::string_view> supabase_missing;
  OriginPolicy origin;
  /// The origin that providers come back to instead of the app's own; empty for the own one.
  std::string_view redirect_via;
  /// The hosts that this app passes responses on to, as patterns.
  List<std::string_view> relay_to;
  /// In seconds.
  std::int64_t clock_tolerance = kClockSkewSeconds;
  /// Where the host serves the app, without a slash at its end: empty for the root.
  std::string_view base_path;
  /// All are below base_path.
  Paths paths;
  /// The paths of all routes and of every provider's callback, as normalize_route spells them: no `next` leads there.
  List<std::string_view> routes;
  /// The error path is the app's own page; else it is ours.
  bool has_own_error_page = false;
  /// The options that are there without a value and that every route needs, except the error page: `secret`, `origin`,
  /// `onSession`, `onSignOut`.
  List<std::string_view> missing;
  SessionPolicy session;
  /// The app has an onSession.
  bool wants_session = false;
  /// The app has an onSignOut.
  bool wants_sign_out = false;
  /// The app has an isRevoked.
  bool wants_revoked = false;

  /// Providers that are spoken to directly.
  [[nodiscard]] std::span<const Provider> providers() const {
    if (!kHasProviders) return {};
    return {direct.data(), direct.size()};
  }

  /// Null without Supabase, and where it is not set up yet.
  [[nodiscard]] const supabase::Project* supabase() const { return kHasSupabase ? project : nullptr; }

  /// The app wants Supabase, set up or not.
  [[nodiscard]] bool wants_supabase() const {
    return kHasSupabase && (project != nullptr || !supabase_missing.empty());
  }

  /// The origin of every direct provider's redirect_uri.
  [[nodiscard]] std::string_view redirect_origin(std::string_view public_origin) const {
    return redirect_via.empty() ? public_origin : redirect_via;
  }

  /// A path of the app as people see it.
  [[nodiscard]] std::string_view in_app(std::string_view path) const { return in_base_path(base_path, path); }

  /// Whether a path is the app's root.
  [[nodiscard]] bool is_root(std::string_view path) const { return is_route(in_app(path), in_app("/")); }

  /// The provider of a name; null when there is none. Without a name, the only provider of an app without Supabase.
  [[nodiscard]] const Provider* find_provider(std::string_view name) const {
    if (name.empty() && !wants_supabase() && providers().size() == 1) return &providers().front();
    for (const Provider& provider : providers())
      if (provider.name == name) return &provider;
    return nullptr;
  }

  /// The provider that comes back to a path; null for the path of none.
  [[nodiscard]] const Provider* find_callback(std::string_view path) const {
    for (const Provider& provider : providers())
      if (is_route(path, provider.callback)) return &provider;
    return nullptr;
  }

  /// The name of the provider with an issuer; empty when there is none.
  [[nodiscard]] std::string_view find_issuer(std::string_view issuer) const {
    for (const Provider& provider : providers())
      if (!issuer.empty() && provider.issuer == issuer) return provider.name;
    return {};
  }

  /// The same for a provider that Supabase has, by its name there; empty when there is none.
  [[nodiscard]] std::string_view find_supabase_provider(std::string_view name) const {
    if (supabase() == nullptr || (name.empty() && !providers().empty())) return {};
    return supabase::find_auth_provider(*supabase(), name).name;
  }
};

inline constexpr Config kUnconfigured;

}  // namespace landfall
