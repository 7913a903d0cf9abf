#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The start of a sign-in: the address to send the browser to, and the cookies for it to keep.
struct Started {
  std::string_view provider;
  std::string_view url;
  std::string_view state;
  List<std::string_view> set_cookies;
};

/// The sign-in that an app or a person asks for.
struct SignIn {
  std::string_view provider;
  std::string_view next;
  /// More parameters of the authorization request, form-encoded: those that the provider's `allow` names, and
  /// login_hint (OpenID Connect Core 3.1.2.1); through Supabase any of /authorize.
  std::string_view query_params;
  /// The next two work only through Supabase: other scopes than the configured ones, and another redirect_to than the
  /// callback.
  std::string_view scopes = {};
  std::string_view redirect_to = {};
  /// The app itself starts it, so that it may link an account to the session that is there. A page of another site
  /// could lead a browser to a sign-in with an account of somebody else.
  bool is_ours = true;
};

/// Starts a sign-in without a handler (a server action). `request` gives now, entropy, and cookie, host and url where
/// there is a request. @param metadata the provider's metadata, where its endpoints come from there; otherwise null.
/// Errors: config_missing, provider_not_configured, provider_unknown, origin_required, host_untrusted,
/// entropy_unavailable, discovery_required and the errors of parse_metadata; config_invalid for `scopes` with a direct
/// provider, and for a parameter that it does not allow.
Result<Started> start_sign_in(const Config& config, const Request& request, const SignIn& sign_in,
                              const FetchResult* metadata);

/// GET /auth/sign-in?provider=…&next=… (RFC 6749 4.1.1), or ?iss=…&login_hint=…&target_link_uri=… from a provider or a
/// portal (OpenID Connect Core 4), which may also POST them, where `iss` is one of the configured issuers: 303 to the
/// provider with the transaction cookie. A `next` that is not safe becomes the default page. @param metadata the result
/// of this flow's only fetch, or null.
Step& sign_in(const Config& config, const Request& request, const FetchResult* metadata);

/// Loads the metadata of the provider that the URL's query names, before anybody signs in: 204 once it is good.
Step& load_metadata(const Config& config, const Request& request, const FetchResult* metadata);

/// The fetch for a provider's metadata: the same request is to come again with the result.
Fetch& ask_metadata(const Provider& provider);

}  // namespace landfall
