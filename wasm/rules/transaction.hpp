#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace landfall {

/// The data that a sign-in must remember until its callback. A sealed cookie of the browser that started it holds this
/// data. Each sign-in has its own cookie, so that tabs don't disturb each other and no server needs a store (RFC 9700
/// 4.7.1).
struct Transaction {
  std::string_view provider;
  std::string_view state;
  std::string_view code_verifier;
  /// Empty unless `openid` was asked for.
  std::string_view nonce;
  /// A path that check_next has emitted.
  std::string_view next;
  /// The session of our own that was there when the sign-in started; empty for none.
  std::string_view sid;
  std::int64_t created = 0;
};

/// The values that a transaction is bound to but does not contain. The seal covers them, so it opens only with the same
/// values.
struct TransactionBinding {
  std::string_view redirect_uri;
  std::string_view issuer;
};

/// Seals a transaction (HMAC-SHA-256). It uses only A-Z, a-z, 0-9, `-`, `_` and `.`, because a framework may
/// percent-decode a cookie's value and encode it again. The size is about 200 bytes plus four thirds of the length of
/// `next`.
Text seal_transaction(const Transaction& transaction, const TransactionBinding& binding, const HmacKey& key);

/// Reads a sealed transaction without verifying it. Returns null unless its spelling is that of seal_transaction.
const Transaction* parse_transaction(std::string_view sealed);

/// Checks the seal with each key, the code_verifier's form, and the time: at most kTransactionSeconds old, and not
/// further in the future than the clock skew. Errors: transaction_invalid, transaction_expired.
ErrorCode check_transaction(std::string_view sealed, const Transaction& transaction, const TransactionBinding& binding,
                            std::span<const HmacKey> keys, std::int64_t now);

}  // namespace landfall
