#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"

namespace landfall {

/// The answer of the app's hook, if a step called it.
struct HookResult {
  /// The redirect target that the app chose instead of `next`; empty if it chose none.
  std::string_view redirect;
  /// The token that the app wants to revoke at its provider (RFC 7009 2.1); empty for none.
  std::string_view revoke_provider;
  std::string_view revoke_token;
  std::string_view token_type_hint;
  /// The app's data for a session of our own, JSON; empty for none.
  std::string_view data;
};

/// A request to a handler as the runtime gave it. Its texts are views into the message. An absent one is empty. Nothing
/// is checked yet.
struct Request {
  std::int64_t now = 0;
  std::string_view entropy;
  std::string_view method;
  std::string_view url;
  /// The body was read, even if it is empty.
  bool has_body = false;
  std::string_view body;
  /// The route that the host called; empty if the path decides.
  std::string_view route;
  HookResult hook;
  /// The person whom the app signs in itself, JSON; empty for none.
  std::string_view user;
  /// So many seconds an access token has to live at least, in digits; empty for the default.
  std::string_view minimum;
  /// The fragment of the page's address, for apps that accept sessions from there.
  std::string_view fragment;

  std::string_view content_type;
  std::string_view cookie;
  std::string_view host;
  std::string_view x_forwarded_host;
  std::string_view x_forwarded_proto;
  std::string_view forwarded;
  std::string_view origin;
  std::string_view referer;
  std::string_view sec_fetch_site;
  std::string_view sec_fetch_mode;
  std::string_view sec_fetch_dest;
  std::string_view sec_purpose;
  std::string_view purpose;
  std::string_view next_router_prefetch;
  std::string_view accept;
};

/// Whether a request is only speculative (HEAD, prefetch, prerender). It must neither redeem a code nor start a flow.
bool is_speculative(const Request& request);

/// Whether a person opened the page: Fetch Metadata says so, or is missing (older browsers, other clients). A
/// navigation that the app's own service worker passes on counts. Error: fetch_metadata.
ErrorCode check_navigation(const Request& request);

/// Whether a person opens a page of the app: scripts, images and API clients do not. A navigation that the app's own
/// service worker passes on counts, because it asks for HTML.
bool is_page_visit(const Request& request);

/// Whether a page of the app itself made a request, by Fetch Metadata alone: a request that does not say so may be
/// anybody's.
bool is_same_origin(const Request& request);

/// Whether a service worker of the app passes a navigation on, so that it has no destination. @pre check_navigation
bool is_passed_on(const Request& request);

/// Whether a POST comes from the app itself: Sec-Fetch-Site is same-origin (or none). Without it, Origin must be the
/// app's. A request with neither header passes, because it does not come from a browser that an attacker can trick. Of
/// a navigation that a service worker passes on, Firefox and WebKit say that it is the app's own; only its Referer
/// tells. Errors: csrf.
ErrorCode check_same_origin(const Request& request, std::string_view public_origin);

/// Whether a Content-Type names a media type, in any case and with any parameters (RFC 9110 8.3.1). A list never
/// matches.
bool is_media_type(std::string_view content_type, std::string_view media_type);

}  // namespace landfall
