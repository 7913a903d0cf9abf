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
constexpr std::string_view kSeparator = "~";

/// `,` and `;` may stand in a path and may not in a cookie; `<` and `>` the other way round.
Text swap(std::string_view text, char comma_from, char comma_to, char semicolon_from, char semicolon_to) {
  Text out;
  out.reserve(text.size());
  for (const char c : text) out += c == comma_from ? comma_to : c == semicolon_from ? semicolon_to : c;
  return out;
}

Text next_to_cookie(std::string_view next) { return swap(next, ',', '<', ';', '>'); }
Text next_from_cookie(std::string_view text) { return swap(text, '<', ',', '>', ';'); }

Text seal_of(std::string_view payload, const TransactionBinding& binding, const HmacKey& key) {
  const std::array<std::string_view, 5> parts{payload, "\n", binding.redirect_uri, "\n", binding.issuer};
  const Sha256Digest digest = key.sign(parts);
  return base64url(as_bytes(digest));
}

}  // namespace

Text seal_transaction(const Transaction& transaction, const TransactionBinding& binding, const HmacKey& key) {
  const Text payload =
      concat(transaction.provider, kSeparator, transaction.state, kSeparator, transaction.code_verifier, kSeparator,
             transaction.nonce, kSeparator, next_to_cookie(transaction.next));
  return concat(seal_of(payload, binding, key), kSeparator, payload);
}

const Transaction* parse_transaction(std::string_view sealed) {
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = sealed.find(kSeparator);
    if (end == std::string_view::npos) return nullptr;
    part = sealed.substr(0, end);
    sealed.remove_prefix(end + 1);
  }
  const auto hints = parse_state_hints(parts[2]);
  if (parts[0].size() != kSealCharacters || !hints) return nullptr;
  return &place(Transaction{.provider = parts[1],
                            .state = parts[2],
                            .code_verifier = parts[3],
                            .nonce = parts[4],
                            .next = next_from_cookie(sealed),
                            .created = hints->created});
}

ErrorCode check_transaction(std::string_view sealed, const Transaction& transaction, const TransactionBinding& binding,
                            std::span<const HmacKey> keys, std::int64_t now) {
  bool is_ours = false;
  for (const HmacKey& key : keys)
    is_ours |= equal_constant_time(sealed.substr(0, kSealCharacters),
                                   seal_of(sealed.substr(kSealCharacters + 1), binding, key));
  if (!is_ours || !is_code_verifier(transaction.code_verifier)) return ErrorCode::transaction_invalid;
  if (transaction.created > now + kClockSkewSeconds) return ErrorCode::transaction_invalid;
  if (now - transaction.created >= kTransactionSeconds) return ErrorCode::transaction_expired;
  return ErrorCode::ok;
}

}  // namespace landfall
