#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "rules/provider.hpp"
#include "rules/public_origin.hpp"

namespace landfall {

/// The routes of an app, as absolute paths.
struct Paths {
  std::string_view sign_in = "/auth/sign-in";
  std::string_view callback = "/auth/callback";
  std::string_view sign_out = "/auth/sign-out";
  std::string_view error = "/auth/auth-code-error";
  std::string_view after_sign_in = "/";
  std::string_view after_sign_out = "/";
};

/// What createAuth was given, checked and filled up.
struct Config {
  List<Provider> providers;
  OriginPolicy origin;
  Paths paths;

  /// The provider of a name; the only one when the name is empty; null when there is none.
  [[nodiscard]] const Provider* find_provider(std::string_view name) const {
    if (name.empty() && providers.size() == 1) return &providers.front();
    for (const Provider& provider : providers)
      if (provider.name == name) return &provider;
    return nullptr;
  }
};

inline constexpr Config kUnconfigured;

}  // namespace landfall
