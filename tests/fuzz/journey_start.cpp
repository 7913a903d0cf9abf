// What a sign-in begins with, and what its end is verified with.
#include "base/memory.hpp"
#include "journey_visit.hpp"
#include "rules/pkce.hpp"

namespace landfall::fuzz {
namespace {

void check_verify(const StepCase& verify) {
  const bool is_ecdsa = verify.at(verify_field::alg) == "ES256";
  CHECK(is_ecdsa || verify.at(verify_field::alg) == "EdDSA");
  CHECK(verify.at(verify_field::jwk).starts_with('{') && !verify.at(verify_field::spki).empty());
  CHECK(!verify.at(verify_field::signature).empty() && !verify.at(verify_field::data).empty());
  CHECK(verify.at(verify_field::signature_der).empty() == !is_ecdsa);
}

}  // namespace

std::string value_of(std::string_view set_cookie) {
  const std::size_t equals = set_cookie.find('=') + 1;
  return std::string(set_cookie.substr(equals, set_cookie.find(';') - equals));
}

SignIn read_start(World& world, const Visit& visit, const StepCase& respond) {
  const Provider& provider = *visit.provider;
  const std::string location = respond.headers(respond_field::header_0, "location").at(0);
  // The evil one's metadata may name another's.
  bool is_endpoint = location.starts_with(provider.authorization_endpoint() + "?");
  for (const Provider& other : world.providers())
    is_endpoint |= provider.is_evil && location.starts_with(other.authorization_endpoint() + "?");
  CHECK(is_endpoint);
  const std::string redirect = parameter_of(query_of(location), provider.is_supabase ? "redirect_to" : "redirect_uri");
  const bool is_via = world.has_preview && !provider.is_supabase;
  const std::string origin = "https://" + std::string(kHosts[is_via ? kFixed : visit.host]) + "/";
  CHECK(redirect.starts_with(origin));
  const std::size_t number = world.sign_ins.size();
  SignIn sign_in{.provider = &provider, .browser = visit.browser, .host = visit.host, .created = world.now};
  sign_in.nonce = parameter_of(query_of(location), "nonce");
  sign_in.code_challenge = parameter_of(query_of(location), "code_challenge");
  sign_in.redirect_uri = redirect;
  // Supabase's codes are UUIDs, and at another provider's path they are nobody's.
  sign_in.code =
      (provider.is_supabase ? "00000000-0000-4000-8000-00000000000" : "code-of-sign-in-") + std::to_string(number);
  for (const std::string& line : respond.headers(respond_field::header_0, "set-cookie"))
    if (line.starts_with(kTransactionPrefix) && !value_of(line).empty())
      sign_in.cookie = line.substr(0, line.find(';'));
  // seal.provider.state.code_verifier.nonce.next
  std::string_view sealed = sign_in.cookie;
  for (int i = 0; i < 2; ++i) sealed.remove_prefix(sealed.find('.') + 1);
  sign_in.state = sealed.substr(0, sealed.find('.'));
  const std::string sent =
      provider.is_supabase ? parameter_of(query_of(redirect), "sb_flow_id") : parameter_of(query_of(location), "state");
  sign_in.sent_state = is_via ? sign_in.state + "." + std::string(kHosts[visit.host]) : sign_in.state;
  CHECK(sent == (provider.is_supabase && world.takes_own_flows_alone() ? "" : sign_in.sent_state));
  sealed.remove_prefix(sealed.find('.') + 1);
  sign_in.code_verifier = sealed.substr(0, sealed.find('.'));
  Memory memory;
  const MemoryScope scope(memory);
  if (provider.is_bare)
    CHECK(sign_in.code_challenge.empty() && sign_in.nonce.empty());
  else
    CHECK(code_challenge(sign_in.code_verifier) == std::string_view(sign_in.code_challenge));
  CHECK(!sign_in.state.empty() && world.find_by_verifier(sign_in.code_verifier) == nullptr);
  world.grants.push_back({.provider = &provider,
                          .person = visit.browser,
                          .code = sign_in.code,
                          .nonce = sign_in.nonce,
                          .code_challenge = sign_in.code_challenge,
                          .redirect_uri = redirect,
                          .is_unseen = provider.is_bare && visit.browser == 0});
  return sign_in;
}

void check_signature(const World& world, const Visit& visit, const StepCase& step) {
  if (step.kind() == StepKind::verify) return check_verify(step);
  CHECK(!visit.is_harmless && (visit.route == Route::callback || visit.route == Route::sign_out));
  CHECK(step.at(sign_field::key) == kPrivateKey);
  bool is_known = false;
  for (const Provider& provider : world.providers())
    is_known |= provider.signs && is_secret_for(world, provider, step.at(sign_field::data));
  CHECK(is_known);
}

}  // namespace landfall::fuzz
