#include "rules/transaction.hpp"

#include <array>

#include "base/base64url.hpp"
#include "base/constant_time.hpp"
#include "base/limits.hpp"
#include "rules/pkce.hpp"
#include "rules/state.hpp"

namespace landfall {
namespace {

constexpr std::size_t kSealCharacters = 43;
/// Not in base64url, not in a provider's name, not in a state.
constexpr char kSeparator = '~';

/// `,` and `;` may stand in a path and may not in a cookie; `<` and `>` the other way round.
std::string next_to_cookie(std::string_view next) {
  std::string out(next);
  for (char& c : out) {
    if (c == ',') c = '<';
    if (c == ';') c = '>';
  }
  return out;
}

std::string next_from_cookie(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c == '<') c = ',';
    if (c == '>') c = ';';
  }
  return out;
}

std::string seal_of(std::string_view payload, const TransactionBinding& binding, const HmacKey& key) {
  const std::array<std::string_view, 5> parts{payload, "\n", binding.redirect_uri, "\n", binding.issuer};
  const Sha256Digest digest = key.sign(parts);
  return base64url(as_bytes(digest));
}

}  // namespace

std::string seal_transaction(const Transaction& transaction, const TransactionBinding& binding, const HmacKey& key) {
  std::string payload;
  payload.reserve(256 + transaction.next.size());
  for (const std::string_view part :
       {std::string_view(transaction.provider), std::string_view(transaction.state), std::string_view(transaction.code_verifier),
        std::string_view(transaction.nonce)}) {
    payload += part;
    payload += kSeparator;
  }
  payload += next_to_cookie(transaction.next);
  std::string sealed = seal_of(payload, binding, key);
  sealed += kSeparator;
  sealed += payload;
  return sealed;
}

std::optional<Transaction> parse_transaction(std::string_view sealed) {
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = sealed.find(kSeparator);
    if (end == std::string_view::npos) return std::nullopt;
    part = sealed.substr(0, end);
    sealed.remove_prefix(end + 1);
  }
  const auto hints = parse_state_hints(parts[2]);
  if (parts[0].size() != kSealCharacters || !hints) return std::nullopt;
  return Transaction{.provider = std::string(parts[1]),
                     .state = std::string(parts[2]),
                     .code_verifier = std::string(parts[3]),
                     .nonce = std::string(parts[4]),
                     .next = next_from_cookie(sealed),
                     .created = hints->created};
}

ErrorCode check_transaction(std::string_view sealed, const Transaction& transaction, const TransactionBinding& binding,
                            std::span<const HmacKey> keys, std::int64_t now) {
  bool is_ours = false;
  for (const HmacKey& key : keys)
    is_ours |= equal_constant_time(sealed.substr(0, kSealCharacters), seal_of(sealed.substr(kSealCharacters + 1), binding, key));
  if (!is_ours || !is_code_verifier(transaction.code_verifier)) return ErrorCode::transaction_invalid;
  if (transaction.created > now + kClockSkewSeconds) return ErrorCode::transaction_invalid;
  if (now - transaction.created >= kTransactionSeconds) return ErrorCode::transaction_expired;
  return ErrorCode::ok;
}

}  // namespace landfall
