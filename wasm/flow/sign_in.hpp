#pragma once

#include <string_view>

#include "base/list.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "flow/config.hpp"
#include "flow/step.hpp"
#include "rules/answer.hpp"
#include "rules/request.hpp"

namespace landfall {

/// The start of a sign-in: where to send the browser, and what it has to keep.
struct Started {
  std::string_view url;
  List<std::string_view> set_cookies;
};

/// Starts a sign-in without a handler (a server action). `request` gives now, entropy, and cookie, host and url where
/// there is a request. @param metadata the provider's metadata, where its endpoints come from there; else null. Errors:
/// provider_unknown, origin_required, host_untrusted, discovery_required and the errors of read_metadata.
Result<Started> start_sign_in(const Config& config, const Request& request, std::string_view provider_name,
                              std::string_view next, const Answer* metadata);

/// GET /auth/sign-in?provider=…&next=… (RFC 6749 4.1.1): 303 to the provider with the transaction cookie. A `next` that
/// is not safe becomes the default page. @param metadata the answer to this flow's only fetch, or null.
Step& sign_in(const Config& config, const Request& request, const Answer* metadata);

/// Loads the metadata of the provider that the URL's query names, before anybody signs in: 204 once it is good.
Step& load_metadata(const Config& config, const Request& request, const Answer* metadata);

/// The fetch for a provider's metadata: the same request is to come again with the answer.
Fetch& fetch_metadata(const Provider& provider);

}  // namespace landfall
