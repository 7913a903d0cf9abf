#include "rules/own_session_cookies.hpp"

#include "base/limits.hpp"
#include "rules/public_origin.hpp"
#include "web/cookie.hpp"

namespace landfall {
namespace {

constexpr std::string_view kSecondSuffix = ".1";

/// A session of one app at one place: its cookies' attributes, and what binds its seal.
class Place {
 public:
  Place(const SessionPolicy& policy, std::string_view origin)
      : policy_(policy),
        secure_(is_secure_origin(origin)),
        name_(session_cookie_name(policy, secure_)),
        place_(policy.domain.empty() ? origin : policy.domain) {}

  [[nodiscard]] SessionBinding binding() const { return {.cookie_name = name_, .place = place_}; }
  [[nodiscard]] std::string_view name() const { return name_; }

  void set(List<std::string_view>& out, std::string_view suffix, std::string_view value,
           std::int64_t max_age_seconds) const {
    const auto line = build_set_cookie(
        {.name = concat(name_, suffix),
         .value = value,
         .max_age_seconds = max_age_seconds,
         .same_site = secure_ || policy_.same_site != SameSite::none ? policy_.same_site : SameSite::lax,
         .secure = secure_,
         .http_only = true,
         .domain = policy_.domain});
    // complete_own_session has checked the attributes, and keep_own_session keeps to the size.
    if (line) out.push_back(*line);
  }

  void remove(List<std::string_view>& out, std::string_view suffix) const { set(out, suffix, {}, 0); }

 private:
  const SessionPolicy& policy_;
  bool secure_;
  Text name_;
  std::string_view place_;
};

/// The values of the session's cookies, as the browser sent them.
struct SentCookies {
  SentCookies(std::string_view header, std::string_view name) {
    CookieFields fields(header, name);
    Cookie cookie;
    while (fields.read(cookie)) {
      const std::string_view suffix = cookie.name.substr(name.size());
      if (suffix.empty() && firsts.size() < kMaxCookieCandidates) firsts.push_back(cookie.value);
      if (suffix == kSecondSuffix && !has_second) {
        has_second = true;
        second = cookie.value;
      }
    }
  }

  List<std::string_view> firsts;
  std::string_view second;
  bool has_second = false;
};

}  // namespace

Text session_cookie_name(const SessionPolicy& policy, bool secure) {
  const std::string_view prefix = !secure ? "" : policy.domain.empty() ? "__Host-" : "__Secure-";
  return concat(prefix, policy.name, "-session");
}

const OpenedSession* find_own_session(const SessionPolicy& policy, std::string_view origin,
                                      std::string_view cookie_header, std::int64_t now) {
  const Place place(policy, origin);
  const SentCookies sent(cookie_header, place.name());
  for (std::string_view value : sent.firsts) {
    // The number of its cookies: one that is left over from a longer session is not read.
    const bool is_long = value.starts_with('2');
    if (!is_long && !value.starts_with('1')) continue;
    const Text sealed = concat(value.substr(1), is_long ? sent.second : std::string_view());
    const OpenedSession* opened = open_session(sealed, place.binding(), {policy.keys.data(), policy.keys.size()});
    if (opened != nullptr && is_alive(opened->session, policy.life, now)) return opened;
  }
  return nullptr;
}

ErrorCode keep_own_session(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                           const OwnSession& session, std::string_view entropy, std::int64_t now,
                           List<std::string_view>& set_cookies) {
  const Place place(policy, origin);
  const Text sealed = seal_session(session, place.binding(), policy.keys.front(), entropy);
  if (sealed.size() > 2 * kOwnSessionChunkBytes) return ErrorCode::session_too_large;
  const std::string_view first = sealed.view().substr(0, kOwnSessionChunkBytes);
  const std::string_view second = sealed.view().substr(first.size());
  const std::int64_t seconds = expiry_of(session, policy.life) - now;
  const bool is_long = !second.empty();
  if (!is_long && SentCookies(cookie_header, place.name()).has_second) place.remove(set_cookies, kSecondSuffix);
  place.set(set_cookies, {}, concat(is_long ? "2" : "1", first), seconds);
  if (is_long) place.set(set_cookies, kSecondSuffix, second, seconds);
  return ErrorCode::ok;
}

void clear_own_session(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                       List<std::string_view>& set_cookies) {
  const Place place(policy, origin);
  const SentCookies sent(cookie_header, place.name());
  if (!sent.firsts.empty()) place.remove(set_cookies, {});
  if (sent.has_second) place.remove(set_cookies, kSecondSuffix);
}

}  // namespace landfall
