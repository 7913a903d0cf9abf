// Whose code may be redeemed, and where.
#include "journey_visit.hpp"

namespace landfall::fuzz {

void check_question(const World& world, const StepCase& fetch) {
  const std::string url = fetch.at(fetch_field::url);
  CHECK(url.starts_with("https://") && !world.has_secret(url));
  const auto has = [&fetch](std::string_view secret) {
    // What waits for the answer is not sent.
    for (std::size_t i = fetch_field::method; i < fetch.fields.size(); ++i)
      if (fetch.fields[i].find(secret) != std::string::npos) return true;
    return false;
  };
  CHECK(!has(kPrivateKey));
  bool takes_signed = false;
  bool takes_plain = false;
  for (const Provider& provider : world.providers()) {
    if (url != provider.token_endpoint() && url != provider.revocation_endpoint()) continue;
    takes_signed |= provider.signs;
    takes_plain |= provider.has_secret;
  }
  CHECK(takes_signed || !has(kSignedSecret));
  CHECK(takes_plain || (!has(kClientSecret) && !has("Basic ")));
}

void check_redeem(const World& world, const Visit& visit, const TokenRequest& request) {
  const auto parameter = [&request](std::string_view name) { return parameter_of(request.form, name); };
  const auto& [provider, body, address, form, redeemed] = request;
  CHECK(redeemed != nullptr && *redeemed->provider == provider);
  // A code that its provider sent straight to the app reaches nobody else.
  const Grant* grant = world.find_grant(parameter("code"));
  CHECK(!visit.is_from_provider || grant == nullptr || *grant->provider == provider);
  CHECK(redeemed->browser == visit.browser && redeemed->host == visit.host);
  // A copy of the cookie that was kept elsewhere and put back: then it is the provider that refuses the code.
  CHECK(!redeemed->is_finished || world.has_written_cookies);
  CHECK(world.jars[visit.browser].holds(redeemed->cookie, kHosts[visit.host]));
  CHECK(parameter("state") == redeemed->sent_state);
  // The response came to the address that this sign-in gave its provider, and to no other provider's.
  const std::string landing = landing_of(*redeemed);
  CHECK(address == landing || address == landing + "/");
  CHECK(parameter_of(body, "code") == parameter("code") &&
        parameter_of(body, "redirect_uri") == redeemed->redirect_uri);
  CHECK(parameter("error").empty() && parameter("access_token").empty() && parameter("id_token").empty());
  const std::string iss = parameter("iss");
  CHECK(!provider.openid || iss == provider.issuer() || (iss.empty() && !provider.promises_iss));
  CHECK(provider.form_post == (visit.request.fields.at(RequestField::method) == "POST"));
  CHECK(world.now - redeemed->created < 600);
}

void check_supabase_redeem(const World& world, const Visit& visit, const TokenRequest& request) {
  const auto parameter = [&request](std::string_view name) { return parameter_of(request.form, name); };
  const SignIn* redeemed = request.redeemed;
  CHECK(json_member(request.body, "auth_code") == parameter("code") && parameter("error").empty());
  for (const Provider& provider : world.providers())
    CHECK(provider.is_supabase || !request.address.ends_with(provider.callback()));
  CHECK(parameter("access_token").empty());
  if (world.is_supabase_open()) return;
  CHECK(redeemed != nullptr && redeemed->provider->is_supabase);
  CHECK(redeemed->browser == visit.browser && redeemed->host == visit.host && !redeemed->is_finished);
  CHECK(parameter("sb_flow_id").empty() || parameter("sb_flow_id") == redeemed->state);
}

}  // namespace landfall::fuzz
