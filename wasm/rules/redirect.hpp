#pragma once

#include <string_view>

#include "base/text.hpp"

namespace landfall {

/// Where an app's hook leads the person: a path that check_next lets through, or a complete https URL (http on this
/// machine) without a user name. It always gets a fragment, if only a bare `#`: browsers otherwise carry the callback's
/// own fragment over to the target. Empty for what is no safe target.
Text read_redirect(std::string_view redirect);

}  // namespace landfall
