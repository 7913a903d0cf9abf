#pragma once

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// Goes on with a callback after a step: tokens, keys, the verdict on the ID Token's signature, the profile. Every
/// outcome ends the transaction.
Step& resume_callback(const Config& config, const Request& request, Pending& pending, const FetchResult& result);

}  // namespace landfall
