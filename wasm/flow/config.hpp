#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "rules/provider.hpp"
#include "rules/public_origin.hpp"
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
  /// Only with Supabase.
  std::string_view confirm = "/auth/confirm";
  /// Where a reset of the password goes on; after_sign_in unless the app says another.
  std::string_view after_recovery = {};
};

/// What createAuth was given, checked and filled up.
struct Config {
  /// Providers that are spoken to directly.
  List<Provider> providers;
  /// Null without Supabase.
  const supabase::Project* supabase = nullptr;
  OriginPolicy origin;
  Paths paths;
  /// The error path is the app's own page; else it is ours.
  bool has_own_error_page = false;
  /// The option that is there without a value and without which nothing works: `secret`, `origin`. Else empty.
  std::string_view missing;
  /// The app has an onSession.
  bool wants_session = false;

  /// The provider of a name; when the name is empty the only one there is, Supabase's counted; null when there is none.
  [[nodiscard]] const Provider* find_provider(std::string_view name) const {
    if (name.empty() && supabase == nullptr && providers.size() == 1) return &providers.front();
    for (const Provider& provider : providers)
      if (provider.name == name) return &provider;
    return nullptr;
  }

  /// The same for a provider that Supabase has, by its name there; empty when there is none.
  [[nodiscard]] std::string_view find_supabase_provider(std::string_view name) const {
    if (supabase == nullptr || (name.empty() && !providers.empty())) return {};
    return supabase::find_provider(*supabase, name).name;
  }
};

inline constexpr Config kUnconfigured;

}  // namespace landfall
