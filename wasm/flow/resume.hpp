#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// Goes on with the flow that a step interrupted. @param text the `resume` of the step. @param result the result of the
/// step. Error: internal_error with `resume` for a text that this configuration cannot have written.
Step& resume(const Config& config, const Request& request, std::string_view text, const FetchResult& result);

}  // namespace landfall
