#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

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

/// Answer the browser: the flow is over.
struct Respond {
  std::uint16_t status = 303;
  List<Header> headers;
  ErrorCode code = ErrorCode::ok;
  /// For the app's onEvent: the parameter at fault, the provider's error and error_description.
  std::string_view parameter;
  std::string_view detail;
  std::string_view description;
  std::string_view provider;
  std::string_view next;
  /// The new session's JSON; empty unless somebody signed in.
  std::string_view session;
  /// Lets `fail` turn this answer into a failure that still ends the transaction.
  std::string_view recovery;
};

/// Ask somebody, then go on with `resume`; an empty `resume` means: the same request again, with the answer beside it.
struct Fetch {
  std::string_view resume;
  std::string_view method = "GET";
  std::string_view url;
  List<Header> headers;
  std::string_view body;
  std::size_t max_bytes = kMaxAnswerBytes;
  std::int64_t deadline_milliseconds = kFetchDeadlineMilliseconds;
  /// A kept answer of at most this age will do; 0 asks always.
  std::int64_t max_age_seconds = 0;
};

/// Verify a signature (and bring a digest along), then go on with `resume`.
struct Verify {
  std::string_view resume;
  std::string_view algorithm;
  std::string_view jwk;
  std::string_view signature;
  std::string_view data;
  std::string_view digest;
  std::string_view digest_data;
};

/// What a flow wants next: the core does no I/O of its own.
struct Step {
  std::variant<Respond, Fetch, Verify> next;
  /// The answer that the last step brought was good and may be kept.
  bool keep = false;
};

}  // namespace landfall
