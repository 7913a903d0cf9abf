#pragma once

#include <string_view>

#include "base/text.hpp"

/// Where an option's value comes from: the words for a developer whose app is not set up yet.
namespace landfall {

/// The environment variable that an option most likely comes from: `providers.github.clientSecret` from
/// GITHUB_CLIENT_SECRET; empty for a hook, which is the app's code. @param option the path of an option.
Text variable_name(std::string_view option);

/// The sentence that says which option has no value, and what to look at.
Text explain_not_set(std::string_view option);

}  // namespace landfall
