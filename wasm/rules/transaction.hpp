#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace landfall {

/// What a sign-in has to remember until its callback. It travels in a sealed cookie of the browser that started it, one
/// cookie per sign-in, so that tabs don't disturb each other and no server needs a store (RFC 9700 4.7.1).
struct Transaction {
  std::string_view provider;
  std::string_view state;
  std::string_view code_verifier;
  /// Empty unless `openid` was asked for.
  std::string_view nonce;
  /// A path that check_next has emitted.
  std::string_view next;
  std::int64_t created = 0;
};

/// What a transaction is bound to without carrying it: the seal covers these, so it opens only where they are the same.
struct TransactionBinding {
  std::string_view redirect_uri;
  std::string_view issuer;
};

/// Seals a transaction (HMAC-SHA-256): A-Z, a-z, 0-9, `-`, `_` and `.` alone, for a framework that keeps a cookie may
/// percent-decode its value and encode it again. About 200 bytes and four thirds of the length of `next`.
Text seal_transaction(const Transaction& transaction, const TransactionBinding& binding, const HmacKey& key);

/// Reads a sealed transaction without believing it; null unless it is spelled as seal_transaction does.
const Transaction* parse_transaction(std::string_view sealed);

/// Checks the seal with each key, the code_verifier's form, and the time: at most kTransactionSeconds old and not from
/// beyond the clock skew. Errors: transaction_invalid, transaction_expired.
ErrorCode check_transaction(std::string_view sealed, const Transaction& transaction, const TransactionBinding& binding,
                            std::span<const HmacKey> keys, std::int64_t now);

}  // namespace landfall
