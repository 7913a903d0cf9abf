#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.hpp"
#include "base/limits.hpp"
#include "base/list.hpp"
#include "base/text.hpp"

namespace landfall {

/// One header field to send; names in lower case.
struct Header {
  std::string_view name;
  std::string_view value;
};

/// What a flow wants next: the core does no I/O of its own. It is one of the three below, in call memory.
struct Step {
  enum class Kind : std::uint8_t { respond, fetch, verify };

  explicit Step(Kind which) : kind(which) {}

  Kind kind;
  /// What the last step brought was good and may be kept.
  bool keep = false;
};

/// Tells the host that what it brought was good.
inline Step& with_keep(Step& step) {
  step.keep = true;
  return step;
}

/// Something for the app to know although nothing failed.
struct Warning {
  ErrorCode code;
  std::string_view detail = {};
};

/// Reply to the browser: the flow is over.
struct Respond : Step {
  Respond() : Step(Kind::respond) {}

  std::uint16_t status = 303;
  List<Header> headers;
  ErrorCode code = ErrorCode::ok;
  /// The page of ours that is the body: `error`, `confirm`; empty for none.
  std::string_view page;
  List<Warning> warnings;
  /// `recovery` where the session serves to reset a password.
  std::string_view redirect_type;
  /// For the app's onEvent: the parameter at fault, the provider's error and error_description.
  std::string_view parameter;
  std::string_view detail;
  std::string_view description;
  std::string_view provider;
  std::string_view next;
  /// The new session's JSON; empty unless somebody signed in.
  std::string_view session;
  /// Lets `fail` turn this reply into a failure that still ends the transaction.
  std::string_view recovery;
};

/// Ask somebody, then go on with `resume`; an empty `resume` means: the same request again, with the result beside it.
struct Fetch : Step {
  Fetch() : Step(Kind::fetch) {}

  std::string_view resume;
  std::string_view method = "GET";
  std::string_view url;
  List<Header> headers;
  std::string_view body;
  std::size_t max_bytes = kMaxFetchBytes;
  std::int64_t deadline_milliseconds = kFetchDeadlineMilliseconds;
  /// How long to wait first.
  std::int64_t delay_milliseconds = 0;
  /// A kept response of at most this age will do; 0 asks always.
  std::int64_t max_age_seconds = 0;
};

/// Verify a signature (and bring a digest along), then go on with `resume`.
struct Verify : Step {
  Verify() : Step(Kind::verify) {}

  std::string_view resume;
  std::string_view algorithm;
  std::string_view jwk;
  std::string_view signature;
  std::string_view data;
  std::string_view digest;
  std::string_view digest_data;
};

}  // namespace landfall
