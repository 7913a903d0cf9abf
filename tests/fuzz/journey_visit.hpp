#pragma once

#include <string>

#include "world.hpp"
#include "world_providers.hpp"

/// One request of a journey, from its first step to its answer, and what must hold of each step.
namespace landfall::fuzz {

struct Visit {
  Route route;
  std::size_t browser;
  std::size_t host;
  RequestCase request;
  /// Whom a sign-in asks for.
  const Provider* provider = nullptr;
  /// The session is in the address, for a page that takes one from there.
  bool has_fragment = false;
  /// It must have no effect: a request that looks ahead, comes from another site, or for another host.
  bool is_harmless = false;
  /// A provider sent the browser here by itself, so the attacker has not seen the code.
  bool is_from_provider = false;
  /// An address that is Landfall's only where Supabase comes back to it.
  bool is_elsewhere = false;
  /// A form of another site: cookies that are Lax stay at home.
  bool is_cross_site_post = false;
  /// Serve, unless it is one that shows something to the app alone.
  Operation operation = Operation::serve;
  /// The app's onSignOut says no.
  bool is_sign_out_refused = false;
  /// What the app wants revoked once its onSignOut is asked.
  std::string revoke_provider = {};
  std::string revoke_token = {};
};

/// A GET of a browser.
Visit make_visit(Route route, std::size_t browser, std::size_t host, const std::string& path);

/// The GET that starts a sign-in. @param is_alike its state begins like those of others that are.
Visit make_start(const World& world, std::size_t browser, std::size_t host, const Provider& provider,
                 std::string_view next, bool is_alike);

/// A form in the body, as another page posts it.
void post_form(Visit& visit, const std::string& form);

/// Makes it a request that looks ahead, that another site made, that names another host, or that has another method.
void twist_request(Visit& visit, Input& input);

inline constexpr std::string_view kTransactionPrefix = "__Host-landfall-";

/// The value of a Set-Cookie.
std::string value_of(std::string_view set_cookie);

/// The sign-in that an answer has started, with what its cookie and its address promise.
SignIn read_start(World& world, const Visit& visit, const StepCase& respond);

/// Where the app's onSession leads: the last three are not safe.
inline constexpr std::string_view kRedirects[] = {"/elsewhere",           "https://other.example/a",
                                                  "http://localhost/a",   "//evil.example",
                                                  "http://evil.example/", "https://u@evil.example/"};

/// A complete address of the app's choice.
inline bool is_other_site(std::string_view location) {
  return location == "https://other.example/a#" || location == "http://localhost/a#";
}

/// A VERIFY has every form of the key and of the signature, whatever library the host has. A SIGN is for a client
/// secret of the deployed app, and only where somebody signs in or out.
void check_signature(const World& world, const Visit& visit, const StepCase& step);

/// A request holds a client secret only where it goes to its provider's own endpoints, and a private key never.
void check_question(const World& world, const StepCase& fetch);

/// A token request, and the response that led to it.
struct TokenRequest {
  const Provider& provider;
  const std::string& body;
  /// Where the response came, without its query.
  std::string address;
  /// The response itself.
  const std::string& form;
  /// The sign-in of its code_verifier; null for none.
  const SignIn* redeemed;
};

/// It belongs to a sign-in that this browser started, here and with this provider; and the response is that provider's.
void check_redeem(const World& world, const Visit& visit, const TokenRequest& request);

/// The same where Supabase has no `state`.
void check_supabase_redeem(const World& world, const Visit& visit, const TokenRequest& request);

/// The session that the app gets is of the person who consented in this browser, at the provider that it names.
/// @param redeemed the sign-in whose code_verifier brought it; null for none.
void check_person(const World& world, const Visit& visit, const SignIn* redeemed, const StepCase& session);

/// What a new session of Supabase's is, the next request reads: nothing of an older one comes before it.
void check_stored(const World& world, const Visit& visit, const std::string& access_token);

/// Where the response of a sign-in is used: with a preview, its redirect_uri is at the fixed origin.
std::string landing_of(const SignIn& sign_in);

/// Whether a Location passes a response on to the preview, which only the fixed origin does, and only as it came.
bool is_passed_on(const World& world, const Visit& visit, std::string_view state, std::string_view location);

/// The same request at the host that waits for it.
Visit make_passed_on(const Visit& visit, const std::string& location);

/// A reload of a sign-in that is over says so, as long as the browser remembers it.
void check_finished(const RequestCase& sent, std::string_view state, std::string_view code);

/// Notes a session of our own that a response begins. @param redeemed the sign-in that brought it.
/// @param is_garbled the provider's words about the person are somebody else's.
void note_session(World& world, const Visit& visit, const SignIn* redeemed, bool is_garbled,
                  std::string_view set_cookie);

/// What the app's next page reads: only a session that began in this browser and at this host, within its limits, of
/// the person who consented.
void check_sessions(World& world);

void run_visit(World& world, const Visit& visit, Input& input);

}  // namespace landfall::fuzz
