#pragma once

#include <string_view>
#include <utility>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"
#include "web/host.hpp"
#include "web/set_cookie.hpp"

/// Supabase Auth as a backend: the project's data here, its messages and cookies in the files beside this one.
namespace landfall::supabase {

/// What goes along with a sign-in at one provider.
struct SignInOptions {
  /// Scope tokens joined by one space; empty for Supabase's own choice.
  std::string_view scopes;
  /// More parameters of /authorize; Supabase hands them to the provider.
  List<std::pair<std::string_view, std::string_view>> query_params;
};

/// A provider that the configuration names.
struct ProviderRow {
  std::string_view name;
  SignInOptions options;
};

/// A Supabase project as the app configured it.
struct Project {
  /// {url}/auth/v1, in lower case up to the path. It is the issuer that transactions are bound to.
  std::string_view api;
  /// The anon or publishable key.
  std::string_view key;
  /// The base name of the cookies: `sb-<first label of the host>-auth-token`, or the app's own.
  std::string_view cookie_name;
  std::string_view cookie_path = "/";
  std::string_view cookie_domain;
  SameSite same_site = SameSite::lax;
  /// Secure on https; false leaves it out there too.
  bool secure = true;
  bool http_only = false;
  /// Leave `user` out of the session cookie.
  bool tokens_only = false;
  /// Send redirect_to without a parameter of ours, for allow lists that match exactly.
  bool exact_redirect_to = false;
  /// Redeem an e-mail link at GET, without a button.
  bool verify_on_get = false;
  /// Accept flows that Landfall started alone.
  bool own_flows = false;
  List<ProviderRow> providers;
  /// Keys that seal transactions, newest first.
  List<HmacKey> keys;
};

/// The base name of the cookies for a project's URL, as supabase-js makes it. Proof:
/// tests/vectors/supabase_storage_key.json.
Text default_cookie_name(const Host& host);

/// Whether a name can be a provider of Supabase's: 1 to 64 of [a-z0-9_], or `custom:` and 1 to 64 of [A-Za-z0-9_.:-].
bool is_auth_provider_name(std::string_view name);

/// Where a provider's name leads: to a row of the configuration, or nowhere in particular.
struct FoundProvider {
  /// In lower case, as the server looks it up; empty when there is no such provider.
  std::string_view name;
  SignInOptions options;
};

/// Finds a provider by name: one of the configuration, one that Supabase has, or any `custom:`. Without a name the
/// configuration's only one.
FoundProvider find_auth_provider(const Project& project, std::string_view name);

/// The provider to start again with where nothing says which one it was: the configuration's only one, or none.
inline std::string_view default_provider(const Project& project) { return find_auth_provider(project, {}).name; }

/// Whether a parameter of /authorize is ours to set.
bool is_reserved_authorize_parameter(std::string_view name);

}  // namespace landfall::supabase
