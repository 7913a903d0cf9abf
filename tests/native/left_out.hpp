#pragma once

#include <string>
#include <vector>

#include "base/capabilities.hpp"
#include "vectors.hpp"

namespace landfall {

/// What a configuration needs and this core was built without, as REFUSED says it; empty where the core has all of it.
inline std::vector<std::string> left_out_of(const std::string& config) {
  const auto options = vectors::Json::parse(config, nullptr, false);
  const auto has = [&](const char* name) {
    return options.is_object() && options.contains(name) && options.at(name) != nullptr && options.at(name) != "" &&
           options.at(name) != false;
  };
  const auto refusal = [](const char* option, const char* needed) {
    return std::vector<std::string>{option, "left_out", needed};
  };
  if (!kHasSupabase && has("supabase")) return refusal("supabase", "LANDFALL_SUPABASE=ON");
  if (!kHasProviders && has("providers") && !options.at("providers").empty())
    return refusal("providers", "LANDFALL_PROVIDERS=ON");
  if (!kHasSessions && has("session")) return refusal("session", "LANDFALL_SESSION=ON");
  if (!kHasSessions && has("isRevoked")) return refusal("isRevoked", "LANDFALL_SESSION=ON");
  return {};
}

}  // namespace landfall
