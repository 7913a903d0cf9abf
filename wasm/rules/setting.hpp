#pragma once

#include <string_view>

#include "base/text.hpp"

/// Tells a developer whose app is not set up yet where an option's value comes from.
namespace landfall {

/// The most likely environment variable of an option: `providers.github.clientSecret` comes from GITHUB_CLIENT_SECRET.
/// Empty for a hook, because a hook is the app's code. @param option the path of an option.
Text variable_name(std::string_view option);

/// The sentence that says which option has no value, and where to look.
Text explain_not_set(std::string_view option);

}  // namespace landfall
