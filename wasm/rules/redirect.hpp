#pragma once

#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// The redirect target that an app's hook chose: a path that check_next accepts, or a complete https URL (http on this
/// machine) without a user name. It always gets a fragment, at least a bare `#`, because otherwise browsers copy the
/// callback's own fragment to the target. A path is one of the app below its base path. Empty for an unsafe target.
Text read_redirect(std::string_view redirect, std::string_view base_path);

}  // namespace landfall
