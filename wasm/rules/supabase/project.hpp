#pragma once

#include <string_view>
#include <utility>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"
#include "web/host.hpp"
#include "web/set_cookie.hpp"

/// Supabase Auth as a backend. This file has the project's data. The other files in this folder have its messages and
/// cookies.
namespace landfall::supabase {

/// Extra values for a sign-in at one provider.
struct SignInOptions {
  /// Scope tokens joined by one space; empty for Supabase's default.
  std::string_view scopes;
  /// More parameters of /authorize. Supabase passes them to the provider.
  List<std::pair<std::string_view, std::string_view>> query_params;
};

/// A provider that the configuration names.
struct ProviderRow {
  std::string_view name;
  SignInOptions options;
};

/// A Supabase project as the app configured it.
struct Project {
  /// {url}/auth/v1, in lower case up to the path. Transactions are bound to it as their issuer.
  std::string_view api;
  /// The anon or publishable key.
  std::string_view key;
  /// The base name of the cookies: `sb-<first label of the host>-auth-token`, or the app's own.
  std::string_view cookie_name;
  std::string_view cookie_path = "/";
  std::string_view cookie_domain;
  SameSite same_site = SameSite::lax;
  /// Set Secure on https. If false, it is never set.
  bool secure = true;
  bool http_only = false;
  /// Leave `user` out of the session cookie.
  bool tokens_only = false;
  /// Write cookies as JSON, percent-encoded, as @supabase/ssr did before 0.4.
  bool raw_cookies = false;
  /// Send redirect_to without Landfall's parameter, for allow lists that match exactly.
  bool exact_redirect_to = false;
  /// Redeem an e-mail link at GET, without a button.
  bool verify_on_get = false;
  /// Accept only flows that Landfall started.
  bool own_flows = false;
  List<ProviderRow> providers;
  /// Keys that seal transactions, newest first.
  List<HmacKey> keys;
};

/// The base name of the cookies for a project's URL, as supabase-js makes it. Proof:
/// tests/vectors/supabase_storage_key.json.
Text default_cookie_name(const Host& host);

/// Whether a key is above every policy of the project: an `sb_secret_` key, or a JSON Web Token with the role
/// `service_role` or `supabase_admin`. Everybody sees the key of a sign-in.
bool is_secret_key(std::string_view key);

/// Whether a name can be a Supabase provider: 1 to 64 of [a-z0-9_], or `custom:` and 1 to 64 of [A-Za-z0-9_.:-].
bool is_auth_provider_name(std::string_view name);

/// The result of a search by provider name: a provider with or without a row of the configuration.
struct FoundProvider {
  /// In lower case, as the server expects it; empty when there is no such provider.
  std::string_view name;
  SignInOptions options;
};

/// Finds a provider by name: a configured one, one that Supabase has, or any `custom:`. Without a name, it finds the
/// only configured provider.
FoundProvider find_auth_provider(const Project& project, std::string_view name);

/// The provider for a new start when the earlier provider is unknown: the only configured one, or none.
inline std::string_view default_provider(const Project& project) { return find_auth_provider(project, {}).name; }

/// Whether only Landfall sets a parameter of /authorize.
bool is_reserved_authorize_parameter(std::string_view name);

}  // namespace landfall::supabase
