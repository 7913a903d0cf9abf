#pragma once

#include <string_view>

#include "base/errors.hpp"
#include "pages/page.hpp"

namespace landfall {

/// The content of the page of a failure. Everything except the code may be empty.
struct ErrorPage {
  ErrorCode code = ErrorCode::ok;
  std::string_view provider;
  /// The words of the app's own hook for the person, in UTF-8.
  std::string_view words = {};
  /// The path that the person wanted.
  std::string_view next;
  /// The option without a value, and the environment variable that it most likely comes from: for the app's developer.
  std::string_view option;
  std::string_view variable;
  std::string_view sign_in_path;
  /// The app's start page.
  std::string_view home_path = "/";
  /// Supabase's callback, which knows the errors in a fragment; empty without Supabase.
  std::string_view callback_path;
};

/// The page of a failure. `ok` makes the generic page. "Start again" is a link and not a form: Chromium
/// applies `form-action` to the redirect to the provider too.
Page build_error_page(const ErrorPage& about);

}  // namespace landfall
