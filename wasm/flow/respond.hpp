#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "flow/config.hpp"
#include "flow/step.hpp"
#include "pages/page.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The facts about a sign-in, besides the error code, that an answer to the browser uses.
struct Outcome {
  std::string_view provider;
  /// The path that the person wanted; a failure hands it to the error page so that "start again" keeps it.
  std::string_view next;
  List<std::string_view> set_cookies;
  std::string_view detail;
  std::string_view description;
};

/// For an answer before the sign-in is known.
inline constexpr Outcome kNothingKnown{};

/// A 303 to a path of the app or to the provider (RFC 9110 15.4.4). A path always gets a fragment, if only a bare `#`:
/// browsers otherwise carry the callback's own fragment over to the target (RFC 9700 4.1.3 tells of it).
Respond& respond_redirect(std::string_view location, const List<std::string_view>& set_cookies);

/// The answer to a failure: a redirect to the error path with the code, or the code's own status.
Respond& respond_error(const Config& config, const Error& error, const Outcome& outcome = kNothingKnown);
Respond& respond_error(const Config& config, ErrorCode code);

/// The answer to a method that a route has no use for. @param allow the methods it has (RFC 9110 10.2.1).
Respond& respond_wrong_method(const Config& config, std::string_view allow);

/// 200 with a page of ours.
Respond& respond_page(const Page& page, std::string_view referrer_policy);

/// JSON for a script of the app. @param json ASCII
Respond& respond_json(std::uint16_t status, std::string_view json);

/// Makes an answer uncacheable as @supabase/ssr does wherever it writes cookies: old proxies included.
void set_session_headers(Respond& respond);

/// 204: nothing happens for a request that only looks ahead.
Respond& respond_nothing();

/// Tells the app of the fetch before a failure. Hooks and signatures have a result too, whose status is 0 or 1.
void add_fetch(Respond& respond, const FetchResult& result);

/// Whether a failure is about metadata, the only result that a request brings along.
bool is_about_metadata(ErrorCode code);

/// The target of a redirect inside the app: `next` where check_next lets it through and it is none of the auth routes,
/// else the fallback (RFC 9700 4.11.1).
std::string_view choose_next(const Config& config, std::string_view next, std::string_view public_origin,
                             std::string_view fallback);

}  // namespace landfall
