#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The options of createAuth as data: options.def.
namespace landfall {

/// Where an option stands; `members` is an object or a list whose members are no options.
enum class Scope : std::uint8_t {
  members,
#define LANDFALL_SCOPE(scope, ...) scope,
#include "codec/options.def"
};

/// How an option is read. A list has members of the same form.
enum class Form : std::uint8_t {
  /// An object of options.
  object,
  /// The same, for Config::supabase.
  project,
  /// An object that names providers, each of them an object of options.
  providers,
  project_providers,
  /// An object that names parameters of the authorization request: text or numbers.
  authorization_params,
  query_params,
  /// A text of kMinSecretBytes, or a list of them, newest first.
  secret,
  /// The app's public origin, or an object of options.
  origin,
  /// `true`, `false`, or an object of options.
  session,
  /// An origin.
  site,
  /// A list of host patterns.
  hosts,
  /// Scope tokens (RFC 6749 3.3): a list, or one text.
  scopes,
  text,
  /// A host[:port].
  host,
  /// Tenants: a list, or one text.
  tenant,
  /// Names of parameters of the authorization request: a list, or one text with blanks between.
  parameters,
  /// An EC private key as PKCS#8, in PEM or the base64 of one (RFC 7468 10).
  private_key,
  /// A text that travels in a header.
  header,
  /// A path without a query: a route.
  path,
  /// A path that may have a query.
  page,
  /// The same, for the app's own error page.
  error_page,
  /// An https URL; http is for this machine.
  url,
  /// An https URL without a query.
  issuer,
  /// The same, for Supabase: with or without slashes at its end.
  project_url,
  /// One of the row's texts; the member gets its number.
  choice,
  /// A signature algorithm by its JOSE name.
  algorithm,
  flag,
  /// The same, for a Promise: the metadata speaks where the option is left out.
  promise,
  /// The host passes `true` and runs the function itself.
  function,
  number,
  /// A whole number of seconds, at most kMaxClockToleranceSeconds.
  seconds,
  /// A whole number of seconds, from 1 to kMaxCookieAgeSeconds.
  age,
};

/// The part that waits for an option that is there without a value.
enum class Blocks : std::uint8_t { nothing, provider, supabase, everything };

/// An option: a row of options.def.
struct Option {
  std::string_view name;
  /// The texts of a choice, with a `|` between them.
  std::string_view choices;
  Scope scope;
  Form form;
  Blocks blocks;
  /// Where the options inside stand.
  Scope opens;
  /// The offset of the member that it fills, in the struct of its scope; kNoSlot where it fills none.
  std::uint16_t slot;

  static constexpr std::uint16_t kNoSlot = 0xFFFF;

  /// The member that it fills. The table makes sure that it is one of the form's type.
  template <class T>
  [[nodiscard]] T& member(void* filled) const {
    return *reinterpret_cast<T*>(static_cast<std::byte*>(filled) + slot);
  }
};

/// The options of a scope.
std::span<const Option> options_of(Scope scope);

/// The option of a name; null when there is none.
const Option* find_option(Scope scope, std::string_view name);

}  // namespace landfall
