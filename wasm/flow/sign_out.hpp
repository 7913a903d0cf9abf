#pragma once

#include <string_view>

#include "flow/config.hpp"
#include "flow/pending.hpp"
#include "flow/step.hpp"
#include "rules/fetch_result.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The token that an app wants revoked at its provider (RFC 7009 2.1); empty for none.
struct Revocation {
  std::string_view provider;
  std::string_view token;
  std::string_view token_type_hint;
};

/// POST /auth/sign-out?next=…: refuses other sites, removes every cookie of ours, has the token revoked where the
/// provider has an endpoint, and redirects to `next` or the default. The local sign-out completes whatever the provider
/// says (RFC 7009 2.2.1).
/// With Supabase, its session ends too.
/// @param metadata what the fetch for metadata brought, or null.
Step& sign_out(const Config& config, const Request& request, const Revocation& revocation, const FetchResult* metadata);

/// Goes on after the revocation response.
Step& resume_sign_out(const Pending& pending, const FetchResult& result);

}  // namespace landfall
