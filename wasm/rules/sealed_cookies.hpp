#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "rules/session_policy.hpp"

namespace landfall {

/// A sealed text in cookies of one kind, at one place. The first cookie begins with the number of cookies, so that one
/// that is left over from a longer text is not read; the others have the name's suffix `.1`, `.2` …
class SealedCookies {
 public:
  /// What a kind of sealed cookies is.
  struct Kind {
    /// What the name ends with.
    std::string_view suffix;
    /// The largest number of cookies, below 10.
    std::size_t max_cookies;
    PurposeKeys SessionPolicy::*keys;
  };

  /// @param cookie_header as the browser sent it.
  SealedCookies(const Kind& kind, const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header);

  /// The texts that open. Another site of the domain may set cookies of the same name, so at most kMaxCookieCandidates
  /// are tried.
  [[nodiscard]] List<OpenedText> open() const;

  /// Appends the Set-Cookie values that keep a text, and remove what a longer one left. False where it does not fit:
  /// then nothing is appended. @param entropy fresh random bytes, of this text alone.
  bool keep(std::string_view plaintext, std::string_view entropy, std::int64_t max_age_seconds,
            List<std::string_view>& set_cookies) const;

  /// Appends the Set-Cookie values that remove every cookie that the browser sent.
  void clear(List<std::string_view>& set_cookies) const { clear_from(0, set_cookies); }

 private:
  void clear_from(std::size_t first, List<std::string_view>& set_cookies) const;
  void set(std::size_t index, std::string_view value, std::int64_t max_age_seconds,
           List<std::string_view>& set_cookies) const;

  const Kind& kind_;
  const SessionPolicy& policy_;
  std::string_view origin_;
  Text name_;
  /// The first values of each cookie but the first.
  std::string_view rest_[9];
  /// A bit for each cookie that came.
  unsigned sent_ = 0;
  List<std::string_view> firsts_;
};

/// The name of a session's cookie: `__Host-` on https without a domain, `__Secure-` with one (6265bis 4.1.3).
Text session_cookie_name(const SessionPolicy& policy, bool secure, std::string_view suffix);

}  // namespace landfall
