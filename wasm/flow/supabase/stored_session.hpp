#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "flow/config.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// The session in a browser's cookies.
struct StoredSession {
  /// The session's JSON in ASCII; empty for none.
  std::string_view json;
  /// The Set-Cookie values that remove cookies without a valid session.
  List<std::string_view> set_cookies;
};

/// Reads the session of a browser. Error: provider_not_configured.
Result<StoredSession> read_stored_session(const Config& config, const Request& request);

}  // namespace landfall::supabase
