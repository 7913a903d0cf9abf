#pragma once

#include "world.hpp"

/// What the attacker does: with its provider, from its sibling sub-domain, and from its web site.
namespace landfall::fuzz {

/// The evil provider sends a browser on to another provider, with the parameters of any authorization request that the
/// attacker knows. The person consents there, and the provider sends the browser back. Providers match the beginning
/// of a registered address, and Supabase takes any path of the app's hosts.
void send_on(World& world, Input& input);

/// The code of a grant that the attacker may have seen: a code of its own, or one that it can do nothing with.
std::string pick_seen_code(const World& world, Input& input);

/// What an evil link has behind the state of a sign-in: the host that waits for the response, or something like one.
std::string pick_awaited(Input& input);

/// A sibling sub-domain sets cookies for the whole site in the victim's browser.
void plant_cookies(World& world, Input& input);

/// A form of another site, posted to the app in the victim's browser.
void post_across(World& world, Input& input);

/// A navigation of the victim's browser to the root of the site with something that looks like a response; or the app
/// is deployed anew.
void arrive_at_root(World& world, Input& input);

/// Whatever happened: the victim starts again, nobody interferes, and the sign-in succeeds.
void start_again(World& world, const Provider& provider, std::size_t host);

}  // namespace landfall::fuzz
