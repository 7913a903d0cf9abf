#pragma once

#include "base/text.hpp"

namespace landfall {

/// The facts that a host must know about this module, as JSON: `version`, `abi`, `limits` (bytes), `messages` (for each
/// list of messages.def its fields in order) and `errors` (for each row of errors.def `code`, `blame`, `status`,
/// `message`, `spec`). Empty in a build with LANDFALL_DESCRIBE=OFF.
Text describe();

}  // namespace landfall
