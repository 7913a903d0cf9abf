#include "rules/transaction.hpp"

#include <array>
#include <optional>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/constant_time.hpp"
#include "base/limits.hpp"
#include "rules/pkce.hpp"
#include "rules/state.hpp"

namespace landfall {
namespace {

constexpr std::size_t kSealCharacters = 43;
constexpr std::size_t kSidCharacters = kSidBytes / 3 * 4;
/// In none of the parts: each is base64url, or text of ours in its alphabet.
constexpr std::string_view kSeparator = ".";

/// Decodes base64url of printable ASCII. Returns nothing for any other text.
std::optional<Text> read_text(std::string_view part) {
  auto text = parse_base64url(part);
  return text && is_printable_ascii(*text) ? text : std::nullopt;
}

Text seal_of(std::string_view payload, const TransactionBinding& binding, const HmacKey& key) {
  const std::array<std::string_view, 5> parts{payload, "\n", binding.redirect_uri, "\n", binding.issuer};
  const Sha256Digest digest = key.sign(parts);
  return base64url(as_bytes(digest));
}

}  // namespace

Text seal_transaction(const Transaction& transaction, const TransactionBinding& binding, const HmacKey& key) {
  Text payload =
      concat(base64url(transaction.provider), kSeparator, transaction.state, kSeparator, transaction.code_verifier,
             kSeparator, transaction.nonce, kSeparator, base64url(transaction.next));
  if (!transaction.sid.empty()) payload += concat(kSeparator, transaction.sid);
  return concat(seal_of(payload, binding, key), kSeparator, payload);
}

const Transaction* parse_transaction(std::string_view sealed) {
  constexpr std::size_t kNeeded = 6;
  std::array<std::string_view, kNeeded + 1> parts;
  bool has_sid = false;
  for (std::size_t i = 0;; ++i) {
    if (i == parts.size()) return nullptr;
    has_sid = i == kNeeded;
    const std::size_t end = sealed.find(kSeparator);
    parts[i] = sealed.substr(0, end);
    if (!is_base64url(parts[i])) return nullptr;
    if (end == std::string_view::npos && i + 1 < kNeeded) return nullptr;
    if (end == std::string_view::npos) break;
    sealed.remove_prefix(end + 1);
  }
  const auto& [seal, provider, state, code_verifier, nonce, next, sid] = parts;
  const auto provider_name = read_text(provider);
  const auto path = read_text(next);
  const auto hints = parse_state_hints(state);
  if (seal.size() != kSealCharacters || !provider_name || !path || !hints) return nullptr;
  if (has_sid && sid.size() != kSidCharacters) return nullptr;
  return &place(Transaction{.provider = *provider_name,
                            .state = state,
                            .code_verifier = code_verifier,
                            .nonce = nonce,
                            .next = *path,
                            .sid = sid,
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
