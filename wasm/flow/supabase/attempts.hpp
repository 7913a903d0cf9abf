#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.hpp"
#include "base/text.hpp"
#include "flow/config.hpp"
#include "rules/request.hpp"
#include "rules/supabase/cookies.hpp"

namespace landfall::supabase {

/// A code_verifier that may redeem a code, and the facts that this browser has about its sign-in.
struct Attempt {
  /// Empty when the flow is unknown.
  std::string_view flow_id;
  std::string_view code_verifier;
  /// The next three come from our sealed transaction; empty and 0 for a flow that supabase-js started.
  std::string_view provider;
  std::string_view next;
  std::int64_t created = 0;
  bool is_recovery = false;
};

/// The attempts that a callback may make, the most likely one first.
struct Attempts {
  List<Attempt> list;
  /// The reason for an empty list. An expired transaction stays in the list, because its `next` is still useful.
  ErrorCode code = ErrorCode::ok;
};

/// The verifiers for a callback: the one of its flow id, or without a flow id at most kMaxSealedAttempts and
/// kMaxUnsealedAttempts of those that the browser holds. Errors: those of explain_missing_transaction, flow_foreign
/// where only sealed ones count, code_verifier_missing, verifier_other_project.
Attempts find_attempts(const Config& config, const Request& request, const ProjectCookies& cookies,
                       std::string_view origin, std::string_view flow_id, std::string_view code);

/// Attempts as a text for Pending, one a line, and back.
Text join_attempts(const List<Attempt>& attempts);
List<Attempt> split_attempts(std::string_view lines);

/// The Set-Cookie values that end a sign-in: every cookie with its verifier, its transaction, and its place in the list
/// of finished ones. @param finished the text that identifies the callback's address: its flow id, or without one its
/// code.
List<std::string_view> end_attempt(const Project& project, const Request& request, const ProjectCookies& cookies,
                                   bool secure, const Attempt& attempt, std::string_view finished);

}  // namespace landfall::supabase
