#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// Goes on with the flow that a Fetch or a Verify interrupted. @param text its `resume`. @param result what it brought.
/// Error: internal_error with `resume` for a text that this configuration cannot have written.
Step& resume(const Config& config, const Request& request, std::string_view text, const FetchResult& result);

}  // namespace landfall
