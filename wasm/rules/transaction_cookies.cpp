#include "rules/transaction_cookies.hpp"

#include "base/limits.hpp"
#include "rules/state.hpp"
#include "rules/transaction.hpp"
#include "web/cookie.hpp"
#include "web/set_cookie.hpp"

namespace landfall {
namespace {

/// Landfall's only cookie that is not a transaction: the tags of finished sign-ins, joined by `.`, newest first.
constexpr std::string_view kFinished = "done";

Text cookie_name(bool secure, std::string_view tag) {
  Text name(transaction_cookie_prefix(secure));
  name += tag;
  return name;
}

/// Landfall sets every attribute, so all are valid. Only a size can be wrong, and callers keep to the limits.
void add_cookie(List<std::string_view>& out, bool secure, SameSite same_site, std::string_view tag,
                std::string_view value, std::int64_t max_age_seconds) {
  auto cookie = build_set_cookie({.name = cookie_name(secure, tag),
                                  .value = value,
                                  .max_age_seconds = max_age_seconds,
                                  .same_site = same_site,
                                  .secure = secure || same_site == SameSite::none,
                                  .http_only = true});
  if (cookie) out.push_back(*cookie);
}

void add_removal(List<std::string_view>& out, bool secure, std::string_view tag) {
  add_cookie(out, secure, SameSite::lax, tag, "", 0);
}

struct Waiting {
  std::string_view tag;
  std::int64_t created;
  std::size_t bytes;
};

/// @param tag null for the cookies of all transactions.
List<std::string_view> read_transactions(std::string_view cookie_header, bool secure, const std::string_view* tag,
                                         std::size_t max) {
  List<std::string_view> found;
  const std::string_view prefix = transaction_cookie_prefix(secure);
  CookieFields cookies(cookie_header, prefix);
  Cookie cookie;
  while (found.size() < max && cookies.read(cookie)) {
    const std::string_view its_tag = cookie.name.substr(prefix.size());
    const bool is_wanted = is_state_tag(its_tag) && (tag == nullptr || its_tag == *tag);
    if (is_wanted && !cookie.value.empty()) found.push_back(cookie.value);
  }
  return found;
}

std::string_view finished_tags(std::string_view cookie_header, bool secure) {
  CookieFields cookies(cookie_header, cookie_name(secure, kFinished));
  Cookie cookie;
  while (cookies.read(cookie))
    if (cookie.name == cookie_name(secure, kFinished)) return cookie.value;
  return {};
}

}  // namespace

std::string_view transaction_cookie_prefix(bool secure) { return secure ? "__Host-landfall-" : "landfall-"; }

List<std::string_view> find_transactions(std::string_view cookie_header, bool secure, std::string_view state) {
  const std::string_view tag = state_tag(state);
  return read_transactions(cookie_header, secure, &tag, kMaxCookieCandidates);
}

List<std::string_view> list_transactions(std::string_view cookie_header, bool secure) {
  return read_transactions(cookie_header, secure, nullptr, kMaxCookiesSwept);
}

ErrorCode explain_missing_transaction(std::string_view cookie_header, bool secure, std::string_view state,
                                      std::string_view host, std::int64_t now) {
  const std::string_view tag = state_tag(state);
  if (is_state_tag(tag) && finished_tags(cookie_header, secure).find(tag) != std::string_view::npos)
    return ErrorCode::transaction_used;
  if (const auto hints = parse_state_hints(state)) {
    if (!hints->host_hash.empty() && hints->host_hash != host_hash(host)) return ErrorCode::transaction_wrong_host;
    if (now - hints->created >= kTransactionSeconds) return ErrorCode::transaction_expired;
  }
  std::size_t others = 0;
  CookieFields cookies(cookie_header, transaction_cookie_prefix(secure));
  Cookie cookie;
  while (cookies.read(cookie)) {
    const std::string_view other = cookie.name.substr(transaction_cookie_prefix(secure).size());
    if (is_state_tag(other) && !cookie.value.empty()) ++others;
  }
  // A new sign-in removes the oldest one.
  if (others >= kMaxTransactions && parse_state_hints(state)) return ErrorCode::transaction_evicted;
  if (others > 0) return ErrorCode::state_mismatch;
  return cookie_header.empty() ? ErrorCode::transaction_cookies_blocked : ErrorCode::transaction_missing;
}

List<std::string_view> start_cookies(std::string_view cookie_header, bool secure, bool cross_site_post,
                                     std::string_view state, std::string_view sealed) {
  List<std::string_view> out;
  List<Waiting> waiting;
  const std::string_view prefix = transaction_cookie_prefix(secure);
  CookieFields cookies(cookie_header, prefix);
  Cookie cookie;
  while (waiting.size() < kMaxCookiesSwept && cookies.read(cookie)) {
    const std::string_view tag = cookie.name.substr(prefix.size());
    if (!is_state_tag(tag)) continue;
    const auto transaction = parse_transaction(cookie.value);
    waiting.push_back({.tag = tag,
                       .created = transaction ? transaction->created : 0,
                       .bytes = cookie.name.size() + cookie.value.size()});
  }
  std::size_t bytes = prefix.size() + kStateTagBytes + sealed.size();
  for (const Waiting& one : waiting) bytes += one.bytes;
  while (!waiting.empty() && (waiting.size() >= kMaxTransactions || bytes > kMaxTransactionsBytes)) {
    std::size_t oldest = 0;
    for (std::size_t i = 1; i < waiting.size(); ++i)
      if (waiting[i].created < waiting[oldest].created) oldest = i;
    add_removal(out, secure, waiting[oldest].tag);
    bytes -= waiting[oldest].bytes;
    waiting.remove(oldest);
  }
  add_cookie(out, secure, cross_site_post ? SameSite::none : SameSite::lax, state_tag(state), sealed,
             kTransactionSeconds);
  return out;
}

List<std::string_view> end_cookies(std::string_view cookie_header, bool secure, std::string_view state,
                                   std::string_view finished) {
  List<std::string_view> out;
  if (is_state_tag(state_tag(state))) add_removal(out, secure, state_tag(state));
  const std::string_view tag = state_tag(finished);
  if (!is_state_tag(tag)) return out;
  Text tags(tag);
  std::string_view before = finished_tags(cookie_header, secure);
  for (std::size_t count = 1; count < kMaxTransactions && is_state_tag(before.substr(0, kStateTagBytes)); ++count) {
    if (before.substr(0, kStateTagBytes) != tag) {
      tags += '.';
      tags += before.substr(0, kStateTagBytes);
    }
    before = before.substr(std::min(before.size(), kStateTagBytes + 1));
  }
  add_cookie(out, secure, SameSite::lax, kFinished, tags, kTransactionSeconds);
  return out;
}

List<std::string_view> clear_cookies(std::string_view cookie_header, bool secure) {
  List<std::string_view> out;
  const std::string_view prefix = transaction_cookie_prefix(secure);
  CookieFields cookies(cookie_header, prefix);
  Cookie cookie;
  while (cookies.read(cookie) && out.size() < kMaxCookiesSwept) {
    const std::string_view tag = cookie.name.substr(prefix.size());
    if (is_state_tag(tag) || tag == kFinished) add_removal(out, secure, tag);
  }
  return out;
}

}  // namespace landfall
