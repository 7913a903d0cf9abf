#include "rules/sealed_cookies.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "rules/public_origin.hpp"
#include "web/cookie.hpp"

namespace landfall {
namespace {

/// What the name of each cookie ends with.
Text suffix_of(std::size_t index) {
  Text suffix;
  if (index == 0) return suffix;
  suffix += '.';
  append_decimal(suffix, static_cast<std::int64_t>(index));
  return suffix;
}

}  // namespace

Text session_cookie_name(const SessionPolicy& policy, bool secure, std::string_view suffix) {
  const std::string_view prefix = !secure ? "" : policy.domain.empty() ? "__Host-" : "__Secure-";
  return concat(prefix, policy.name, suffix);
}

SealedCookies::SealedCookies(const Kind& kind, const SessionPolicy& policy, std::string_view origin,
                             std::string_view cookie_header)
    : kind_(kind),
      policy_(policy),
      origin_(origin),
      name_(session_cookie_name(policy, is_secure_origin(origin), kind.suffix)) {
  CookieFields fields(cookie_header, name_);
  Cookie cookie;
  while (fields.read(cookie)) {
    std::size_t index = 0;
    while (index < kind.max_cookies && suffix_of(index) != cookie.name.substr(name_.size())) ++index;
    if (index == kind.max_cookies) continue;
    if (index == 0 && firsts_.size() < kMaxCookieCandidates) firsts_.push_back(cookie.value);
    const unsigned bit = 1U << index;
    if ((sent_ & bit) == 0) rest_[index] = cookie.value;
    sent_ |= bit;
  }
}

List<OpenedText> SealedCookies::open() const {
  List<OpenedText> opened;
  for (const std::string_view first : firsts_) {
    const auto count = static_cast<std::size_t>(parse_decimal(first.substr(0, 1)).value_or(0));
    if (count == 0 || count > kind_.max_cookies) continue;
    Text sealed = first.substr(1);
    for (std::size_t i = 1; i < count; ++i) sealed += rest_[i];
    const OpenedText* text =
        open_text(sealed, {.name = name_, .place = place_of(policy_, origin_)}, policy_.*kind_.keys);
    if (text != nullptr) opened.push_back(*text);
  }
  return opened;
}

bool SealedCookies::keep(std::string_view plaintext, std::string_view entropy, std::int64_t max_age_seconds,
                         List<std::string_view>& set_cookies) const {
  const Text sealed = seal_text(plaintext, {.name = name_, .place = place_of(policy_, origin_)},
                                (policy_.*kind_.keys).front(), entropy);
  const std::size_t count = (sealed.size() + kSealedCookieBytes - 1) / kSealedCookieBytes;
  if (count > kind_.max_cookies) return false;
  clear_from(count, set_cookies);
  for (std::size_t i = 0; i < count; ++i) {
    Text value;
    if (i == 0) value += static_cast<char>('0' + count);
    value += sealed.view().substr(i * kSealedCookieBytes, kSealedCookieBytes);
    set(i, value, max_age_seconds, set_cookies);
  }
  return true;
}

void SealedCookies::clear_from(std::size_t first, List<std::string_view>& set_cookies) const {
  for (std::size_t i = first; i < kind_.max_cookies; ++i)
    if ((sent_ >> i & 1U) != 0) set(i, {}, 0, set_cookies);
}

void SealedCookies::set(std::size_t index, std::string_view value, std::int64_t max_age_seconds,
                        List<std::string_view>& set_cookies) const {
  const bool secure = is_secure_origin(origin_);
  const auto line =
      build_set_cookie({.name = concat(name_, suffix_of(index)),
                        .value = value,
                        .max_age_seconds = max_age_seconds,
                        .same_site = secure || policy_.same_site != SameSite::none ? policy_.same_site : SameSite::lax,
                        .secure = secure,
                        .http_only = true,
                        .domain = policy_.domain});
  // complete_own_session has checked the attributes, and keep keeps to the size.
  if (line) set_cookies.push_back(*line);
}

}  // namespace landfall
