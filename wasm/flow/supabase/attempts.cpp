#include "flow/supabase/attempts.hpp"

#include "base/ascii.hpp"
#include "base/constant_time.hpp"
#include "base/limits.hpp"
#include "flow/pending.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/verifiers.hpp"
#include "rules/transaction.hpp"
#include "rules/transaction_cookies.hpp"

namespace landfall::supabase {
namespace {

/// In no flow id, code_verifier (RFC 7636 4.1), number or path, and in no provider's name, whoever sealed it.
constexpr char kSeparator = '\t';

/// Opens our sealed transactions of this project, in one place for both ways of finding them.
class Transactions {
 public:
  Transactions(const Config& config, const Request& request, std::string_view origin)
      : project_(*config.supabase()), now_(request.now), redirect_uri_(concat(origin, config.paths.callback)) {}

  /// Reads one; false unless its seal is good. `code` says whether it has expired.
  bool open(std::string_view sealed, Attempt& attempt, ErrorCode& code) const {
    const Transaction* transaction = parse_transaction(sealed);
    if (transaction == nullptr) return false;
    code = check_transaction(sealed, *transaction, {.redirect_uri = redirect_uri_, .issuer = project_.api},
                             {project_.keys.data(), project_.keys.size()}, now_);
    if (code == ErrorCode::transaction_invalid) return false;
    attempt = {.flow_id = transaction->state,
               .code_verifier = transaction->code_verifier,
               .provider = transaction->provider,
               .next = transaction->next,
               .created = transaction->created};
    return true;
  }

 private:
  const Project& project_;
  std::int64_t now_;
  Text redirect_uri_;
};

/// @param is_own take sealed transactions alone.
Attempts find_flow(const Transactions& transactions, const Request& request, const ProjectCookies& cookies, bool secure,
                   bool is_own, std::string_view flow_id) {
  Attempts found;
  if (!is_flow_id(flow_id)) return {.code = ErrorCode::state_mismatch};
  bool is_damaged = false;
  for (const std::string_view sealed : find_transactions(request.cookie, secure, flow_id)) {
    Attempt attempt;
    ErrorCode code = ErrorCode::ok;
    is_damaged = true;
    if (!transactions.open(sealed, attempt, code) || !equal_constant_time(attempt.flow_id, flow_id)) continue;
    found.list.push_back(attempt);
    found.code = code;
    return found;
  }
  if (const auto verifier = find_verifier(cookies, flow_id)) {
    if (is_own) return {.code = ErrorCode::flow_foreign};
    found.list.push_back(
        {.flow_id = flow_id, .code_verifier = verifier->code_verifier, .is_recovery = verifier->is_recovery});
    return found;
  }
  found.code = is_damaged ? ErrorCode::transaction_invalid : ErrorCode::code_verifier_missing;
  return found;
}

List<Attempt> open_all(const Transactions& transactions, const Request& request, bool secure) {
  List<Attempt> open;
  for (const std::string_view sealed : list_transactions(request.cookie, secure)) {
    Attempt attempt;
    ErrorCode code = ErrorCode::ok;
    if (transactions.open(sealed, attempt, code) && code == ErrorCode::ok) open.push_back(attempt);
  }
  return open;
}

/// Takes the newest out of a list.
Attempt take_newest(List<Attempt>& list) {
  std::size_t newest = 0;
  for (std::size_t i = 1; i < list.size(); ++i)
    if (list[i].created > list[newest].created) newest = i;
  const Attempt attempt = list[newest];
  list.remove(newest);
  return attempt;
}

/// @param is_own take sealed transactions alone.
Attempts find_any(const Transactions& transactions, const Request& request, const ProjectCookies& cookies, bool secure,
                  bool is_own) {
  Attempts found;
  List<Attempt> ours = open_all(transactions, request, secure);
  std::size_t sealed = 0;
  std::size_t unsealed = 0;
  for (const HeldVerifier& held : list_verifiers(cookies)) {
    Attempt attempt{.flow_id = held.flow_id,
                    .code_verifier = held.verifier.code_verifier,
                    .is_recovery = held.verifier.is_recovery};
    bool is_sealed = false;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      if (ours[i].code_verifier != attempt.code_verifier) continue;
      attempt = ours[i];
      ours.remove(i);
      is_sealed = true;
      break;
    }
    if (++(is_sealed ? sealed : unsealed) > (is_sealed ? kMaxSealedAttempts : kMaxUnsealedAttempts)) continue;
    if (is_sealed || !is_own) found.list.push_back(attempt);
  }
  for (; !ours.empty() && sealed < kMaxSealedAttempts; ++sealed) found.list.push_back(take_newest(ours));
  if (found.list.empty()) found.code = unsealed > 0 ? ErrorCode::flow_foreign : ErrorCode::code_verifier_missing;
  return found;
}

}  // namespace

Attempts find_attempts(const Config& config, const Request& request, const ProjectCookies& cookies,
                       std::string_view origin, std::string_view flow_id, std::string_view code) {
  const bool secure = is_secure_origin(origin);
  const Transactions transactions(config, request, origin);
  const bool is_own = config.supabase()->own_flows;
  Attempts found = flow_id.empty() ? find_any(transactions, request, cookies, secure, is_own)
                                   : find_flow(transactions, request, cookies, secure, is_own, flow_id);
  if (found.code != ErrorCode::code_verifier_missing) return found;
  const std::string_view state = flow_id.empty() ? code : flow_id;
  const ErrorCode reason =
      explain_missing_transaction(request.cookie, secure, state, request_host(request), request.now);
  // Replace an error that is not specific to this flow with a better one.
  const bool is_vague = reason == ErrorCode::state_mismatch || reason == ErrorCode::transaction_missing;
  if (!is_vague)
    found.code = reason;
  else if (has_foreign_verifier(request.cookie, config.supabase()->cookie_name))
    found.code = ErrorCode::verifier_other_project;
  return found;
}

Text join_attempts(const List<Attempt>& attempts) {
  Text lines;
  const std::string_view separator(&kSeparator, 1);
  for (const Attempt& attempt : attempts) {
    Text created;
    append_decimal(created, attempt.created);
    lines += concat(attempt.flow_id, separator, attempt.code_verifier, separator, attempt.provider, separator, created,
                    separator, attempt.is_recovery ? "1" : "", separator, attempt.next, "\n");
  }
  return lines;
}

List<Attempt> split_attempts(std::string_view lines) {
  List<Attempt> attempts;
  for (std::string_view line : split_lines(lines)) {
    Attempt attempt;
    attempt.flow_id = take_until(line, kSeparator);
    attempt.code_verifier = take_until(line, kSeparator);
    attempt.provider = take_until(line, kSeparator);
    attempt.created = parse_decimal(take_until(line, kSeparator)).value_or(0);
    attempt.is_recovery = !take_until(line, kSeparator).empty();
    attempt.next = line;
    attempts.push_back(attempt);
  }
  return attempts;
}

List<std::string_view> end_attempt(const Project& project, const Request& request, const ProjectCookies& cookies,
                                   bool secure, const Attempt& attempt, std::string_view finished) {
  List<std::string_view> lines = end_cookies(request.cookie, secure, attempt.flow_id, finished);
  CookieWriter writer(project, secure);
  end_verifier(writer, cookies, attempt.code_verifier);
  writer.append_to(lines);
  return lines;
}

}  // namespace landfall::supabase
