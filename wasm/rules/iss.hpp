#pragma once

#include <string_view>

#include "base/errors.hpp"

namespace landfall {

/// Compares the `iss` of an authorization response with the issuer of its transaction (RFC 9207 2.4): simple string
/// comparison, decoded once, before the error branch.
/// @param iss the parameter's value; empty if it was left out.
/// @param issuer the issuer asked; empty when none is known, and then nothing can be compared.
/// @param required the provider's metadata promises `iss`.
/// Errors: iss_missing, iss_mismatch.
constexpr ErrorCode check_iss(std::string_view iss, std::string_view issuer, bool required) {
  if (iss.empty()) return required ? ErrorCode::iss_missing : ErrorCode::ok;
  return issuer.empty() || iss == issuer ? ErrorCode::ok : ErrorCode::iss_mismatch;
}

}  // namespace landfall
