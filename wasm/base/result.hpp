#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "base/errors.hpp"

namespace landfall {

/// What went wrong: a row of the error table and the name of the parameter at fault, never its value.
struct Error {
  ErrorCode code;
  /// A name with static storage ("code", "iss", "x-forwarded-host"), or empty.
  std::string_view parameter = {};
};

/// Either a value or the Error that kept it from being made.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Error error) : error_(error) {}                   // NOLINT(google-explicit-constructor)
  Result(ErrorCode code) : error_(Error{.code = code}) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value_.has_value(); }
  const T& operator*() const& { return *value_; }
  T& operator*() & { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  const T* operator->() const { return &*value_; }
  T* operator->() { return &*value_; }

  /// The error; only meaningful when there is no value.
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  std::optional<T> value_;
  Error error_{ErrorCode::ok};
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(error) {}                   // NOLINT(google-explicit-constructor)
  Result(ErrorCode code) : error_(Error{.code = code}) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return error_.code == ErrorCode::ok; }
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_{ErrorCode::ok};
};

}  // namespace landfall
