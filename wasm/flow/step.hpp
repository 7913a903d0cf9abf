#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/errors.hpp"
#include "base/limits.hpp"

namespace landfall {

/// One header field to send; names in lower case.
struct Header {
  std::string_view name;
  std::string value;
};

/// Answer the browser: the flow is over.
struct Respond {
  std::uint16_t status = 303;
  std::vector<Header> headers;
  ErrorCode code = ErrorCode::ok;
  /// For the app's onEvent: the parameter at fault, the provider's error and error_description.
  std::string parameter;
  std::string detail;
  std::string description;
  std::string provider;
  std::string next;
  /// The new session's JSON; empty unless somebody signed in.
  std::string session;
  /// Lets `fail` turn this answer into a failure that still ends the transaction.
  std::string recovery;
};

/// Ask somebody, then go on with `resume`; an empty `resume` means: the same request again, with the answer beside it.
struct Fetch {
  std::string resume;
  std::string_view method = "GET";
  std::string url;
  std::vector<Header> headers;
  std::string body;
  std::size_t max_bytes = kMaxAnswerBytes;
  std::int64_t deadline_milliseconds = kFetchDeadlineMilliseconds;
  /// A kept answer of at most this age will do; 0 asks always.
  std::int64_t max_age_seconds = 0;
};

/// Verify a signature (and bring a digest along), then go on with `resume`.
struct Verify {
  std::string resume;
  std::string_view algorithm;
  std::string jwk;
  std::string signature;
  std::string data;
  std::string_view digest;
  std::string digest_data;
};

/// What a flow wants next: the core does no I/O of its own.
struct Step {
  std::variant<Respond, Fetch, Verify> next;
  /// The answer that the last step brought was good and may be kept.
  bool keep = false;
};

}  // namespace landfall
