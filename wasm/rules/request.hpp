#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"

namespace landfall {

/// What the app's hook said, where a step asked it.
struct HookResult {
  /// Where the app leads the person in place of `next`; empty for nowhere else.
  std::string_view redirect;
  /// The token that the app wants revoked at its provider (RFC 7009 2.1); empty for none.
  std::string_view revoke_provider;
  std::string_view revoke_token;
  std::string_view token_type_hint;
};

/// A request to a handler as the runtime gave it: views into the message, absent is empty, nothing checked yet.
struct Request {
  std::int64_t now = 0;
  std::string_view entropy;
  std::string_view method;
  std::string_view url;
  /// The body was read, however empty it is.
  bool has_body = false;
  std::string_view body;
  /// The route that the host called; empty where the path decides.
  std::string_view route;
  HookResult hook;
  /// Of a page's address, where the app takes sessions from there.
  std::string_view fragment;

  std::string_view content_type;
  std::string_view cookie;
  std::string_view host;
  std::string_view x_forwarded_host;
  std::string_view x_forwarded_proto;
  std::string_view forwarded;
  std::string_view origin;
  std::string_view sec_fetch_site;
  std::string_view sec_fetch_mode;
  std::string_view sec_fetch_dest;
  std::string_view sec_purpose;
  std::string_view purpose;
  std::string_view next_router_prefetch;
};

/// Whether a request only looks ahead (HEAD, prefetch, prerender): it must neither redeem a code nor start a flow.
bool is_speculative(const Request& request);

/// Whether a request is a page the person opened: Fetch Metadata says so, or says nothing (older browsers, other
/// clients). Errors: ask_metadata.
ErrorCode check_navigation(const Request& request);

/// Whether a POST comes from the app itself: Sec-Fetch-Site is same-origin (or none), else Origin is the app's. A
/// request with neither does not come from a browser that could be tricked, and passes. Errors: csrf.
ErrorCode check_same_origin(const Request& request, std::string_view public_origin);

/// Whether a Content-Type names a media type, whatever its case and parameters (RFC 9110 8.3.1); a list never does.
bool is_media_type(std::string_view content_type, std::string_view media_type);

}  // namespace landfall
