#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

namespace landfall {

/// Finds the parameters of a request: the query, or the form in the body of a POST.
/// @param form the parameters, where the result is null.
/// Otherwise the result is the step of a POST without its form: it asks the host for the body, or refuses the request
/// with content_type or request_too_large.
Step* missing_form(const Config& config, const Request& request, std::string_view& form);

}  // namespace landfall
