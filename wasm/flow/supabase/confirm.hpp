#pragma once

#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// /auth/confirm?token_hash=…&type=…&next=…, where an e-mail link leads: GET answers a page with one button, so that
/// nothing that merely opens links consumes this one; the button's POST redeems it, and the browser is signed in.
/// With verifyOnGet, GET redeems it too. A request that only looks ahead never does.
Step& confirm(const Config& config, const Request& request);

}  // namespace landfall::supabase
