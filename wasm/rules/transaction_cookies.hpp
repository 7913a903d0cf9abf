#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"
#include "base/list.hpp"

namespace landfall {

/// The beginning of Landfall's cookie names: `__Host-landfall-` if the origin is https, else `landfall-`. The tag
/// follows.
std::string_view transaction_cookie_prefix(bool secure);

/// The values of this state's transaction cookie, at most kMaxCookieCandidates: there are several when a foreign cookie
/// has the same name.
List<std::string_view> find_transactions(std::string_view cookie_header, bool secure, std::string_view state);

/// The values of every transaction cookie, at most kMaxCookiesSwept.
List<std::string_view> list_transactions(std::string_view cookie_header, bool secure);

/// The reason why there is no transaction for a state, guessed from the browser's cookies and the state's hints.
/// Errors, always one: transaction_used, transaction_wrong_host, transaction_expired, state_mismatch,
/// transaction_evicted, transaction_cookies_blocked, transaction_missing.
ErrorCode explain_missing_transaction(std::string_view cookie_header, bool secure, std::string_view state,
                                      std::string_view host, std::int64_t now);

/// The Set-Cookie values that start a transaction: first the removals of the oldest cookies, to keep at most
/// kMaxTransactions and kMaxTransactionsBytes, then the new cookie. @param cross_site_post the authorization response
/// is a POST (form_post).
List<std::string_view> start_cookies(std::string_view cookie_header, bool secure, bool cross_site_post,
                                     std::string_view state, std::string_view sealed);

/// The Set-Cookie values that end a transaction: the removal, and the list of finished sign-ins, to recognise a reload.
/// @param state the state of the transaction; empty for none. @param finished the text that identifies the callback's
/// address. Only a text that begins like one of Landfall's states can be listed.
List<std::string_view> end_cookies(std::string_view cookie_header, bool secure, std::string_view state,
                                   std::string_view finished);

/// The Set-Cookie values that remove every Landfall cookie that the browser sent.
List<std::string_view> clear_cookies(std::string_view cookie_header, bool secure);

}  // namespace landfall
