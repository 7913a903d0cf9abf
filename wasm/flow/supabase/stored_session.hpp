#pragma once

#include <string_view>

#include "base/list.hpp"
#include "flow/config.hpp"
#include "json/document.hpp"
#include "rules/request.hpp"

namespace landfall::supabase {

/// What a browser's cookies say of its session.
struct StoredSession {
  /// The session's JSON in ASCII; empty for none.
  std::string_view json;
  /// What cleans up cookies that should hold one and do not.
  List<std::string_view> set_cookies;
};

/// The text in the session's cookies, not checked; nothing without Supabase, or when there is none or it is damaged.
std::string_view session_text(const Config& config, const Request& request);

/// Reads the session. @param session the text of session_text, read, or null.
StoredSession read_stored_session(const Config& config, const Request& request, std::string_view text,
                                  const Document* session);

}  // namespace landfall::supabase
