// Who is signed in at the end.
#include "journey_visit.hpp"
#include "rules/state.hpp"
#include "rules/supabase/session_cookies.hpp"

namespace landfall::fuzz {

void check_person(const World& world, const Visit& visit, const SignIn* redeemed, const StepCase& session) {
  // An e-mail link is for whoever opens it.
  if (visit.has_fragment || visit.route == Route::confirm) return;
  CHECK(redeemed != nullptr || world.is_supabase_open());
  if (redeemed == nullptr) return;
  const std::string provider = session.at(session_field::provider);
  // A verifier of Supabase's outside of a transaction does not say which of its providers it is for.
  CHECK(provider == redeemed->provider->name || (provider.empty() && redeemed->provider->is_supabase));
  // What the evil one says of its own people is its business; that they come from it, is not.
  if (redeemed->provider->is_evil) return;
  const std::string json = session.at(session_field::session);
  const Grant* grant = world.find_by_token(json_member(json, "access_token"));
  CHECK(grant != nullptr && *grant->provider == *redeemed->provider);
  if (redeemed->provider->is_supabase && world.is_supabase_open()) return;
  CHECK(grant->person == visit.browser);
  // And it is the consent that this sign-in asked for.
  CHECK(grant->code_challenge == redeemed->code_challenge || grant->nonce == redeemed->nonce);
  for (std::size_t at = json.find(R"("sub":")"); at != std::string::npos; at = json.find(R"("sub":")", at + 1))
    CHECK(json.substr(at + 7).starts_with(person_name(visit.browser) + "\""));
}

void check_stored(const World& world, const Visit& visit, const std::string& access_token) {
  if (world.has_written_cookies || world.has_sibling_cookies) return;
  Memory memory;
  const MemoryScope scope(memory);
  const std::string header = world.jars[visit.browser].header(kHosts[visit.host], "/", false);
  const auto stored = supabase::read_session(supabase::ProjectCookies(header, kSessionCookie));
  CHECK(stored);
  CHECK(json_member(stored->view(), "access_token") == access_token);
}

void check_finished(const RequestCase& sent, std::string_view state, std::string_view code) {
  const std::string cookies = sent.headers.at(RequestHeader::cookie);
  const std::string_view tag = state_tag(state);
  const bool is_direct = sent.fields.at(RequestField::url).find("/auth/callback/") != std::string::npos;
  if (!is_state_tag(tag) || !is_direct) return;
  const std::size_t at = cookies.find("__Host-landfall-done=");
  const bool is_over =
      at != std::string::npos && cookies.substr(at, cookies.find(';', at) - at).find(tag) != std::string::npos;
  if (!is_over || cookies.find(std::string("__Host-landfall-").append(tag) + "=") != std::string::npos) return;
  for (const std::string_view other : {"transaction_missing", "transaction_expired", "transaction_wrong_host",
                                       "state_mismatch", "transaction_cookies_blocked"})
    CHECK(code != other);
}

}  // namespace landfall::fuzz
