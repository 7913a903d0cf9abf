#pragma once

#include <string_view>

#include "base/errors.hpp"
#include "base/memory.hpp"

namespace landfall {

/// A failure: a row of the error table and the name of the parameter at fault, never its value.
struct Error {
  ErrorCode code;
  /// A name ("code", "iss", "x-forwarded-host") or an option ("providers.work.clientId"); or empty.
  std::string_view parameter = {};
};

/// The common part of all Results. Constructors are not inlined: at a hundred places, a call is shorter than three
/// stores.
class ResultBase {
 public:
  explicit operator bool() const { return value_ != nullptr; }

  /// The error. It has a meaning only when there is no value.
  [[nodiscard]] const Error& error() const { return error_; }

 protected:
  explicit ResultBase(const void* value) : value_(value) {}
  explicit ResultBase(ErrorCode code);
  explicit ResultBase(const Error& error);

  const void* value_ = nullptr;
  Error error_{ErrorCode::ok};
};

/// Either a value in call memory, or the Error that explains why there is none.
template <class T>
class [[nodiscard]] Result : public ResultBase {
 public:
  Result(const T& value) : ResultBase(&place(value)) {}  // NOLINT(google-explicit-constructor)
  Result(const Error& error) : ResultBase(error) {}      // NOLINT(google-explicit-constructor)
  Result(ErrorCode code) : ResultBase(code) {}           // NOLINT(google-explicit-constructor)

  const T& operator*() const { return *static_cast<const T*>(value_); }
  const T* operator->() const { return static_cast<const T*>(value_); }
};

}  // namespace landfall
