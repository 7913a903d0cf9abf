// The providers of the journey's world: mostly they answer what is right, now and then anything.
#include "world_providers.hpp"

#include "base/memory.hpp"
#include "rules/pkce.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::string_view kHostileBodies[] = {
    "",
    "null",
    "[]",
    "{}",
    R"({"access_token":"a","token_type":"mac"})",
    R"({"access_token":"a\r\nset-cookie: a=b","token_type":"Bearer"})",
    R"({"access_token":"a","access_token":"b","token_type":"Bearer"})",
    R"({"access_token":["a"],"token_type":"Bearer"})",
    R"({"access_token":"a","token_type":"Bearer","id_token":"a.b.c"})",
    R"({"error":"invalid_grant","error_description":"\u0000\r\nLocation: /"})",
    R"({"error":"invalid_client"})",
    R"({"code":"flow_state_expired","message":"\ud800"})",
    R"({"error_code":"bad_code_verifier","msg":"x"})",
    R"({"keys":[]})",
    R"({"keys":[{"kty":"oct","k":"AAAA","kid":"k1"}]})",
    R"({"issuer":"https://evil.example","token_endpoint":"https://evil.example/token"})",
    R"({"access_token":"a","refresh_token":"b","expires_in":1e999,"user":null})",
};

std::string metadata_of(const Provider& provider) {
  const std::string origin(provider.origin);
  return R"({"issuer":")" + origin + R"(","authorization_endpoint":")" + provider.authorization_endpoint() +
         R"(","token_endpoint":")" + provider.token_endpoint() + R"(","jwks_uri":")" + provider.jwks_uri() +
         R"(","userinfo_endpoint":")" + provider.userinfo_endpoint() + R"(","revocation_endpoint":")" +
         provider.revocation_endpoint() + R"(","authorization_response_iss_parameter_supported":)" +
         (provider.promises_iss ? "true" : "false") +
         R"(,"token_endpoint_auth_methods_supported":["client_secret_post"]})";
}

bool proves(std::string_view code_verifier, const Grant& grant) {
  Memory memory;
  const MemoryScope scope(memory);
  return code_challenge(code_verifier) == std::string_view(grant.code_challenge);
}

/// A token for whoever has the code and its code_verifier.
/// @param redirect_uri as it was in the authorization request; Supabase does not compare it.
Reply redeem(const World& world, const Provider& provider, std::string_view code, std::string_view code_verifier,
             std::string_view redirect_uri, Input& input) {
  const Grant* grant = world.find_grant(code);
  const std::uint8_t choice = input.byte();
  bool is_known = grant != nullptr && *grant->provider == provider && !grant->is_used;
  is_known = is_known && (provider.is_supabase || grant->redirect_uri == redirect_uri);
  const bool is_proved = is_known && (provider.is_bare || proves(code_verifier, *grant));
  // A provider that does not look at the code_verifier is caught by the nonce of its ID Token.
  const bool is_careless = is_known && provider.openid && choice % 2 == 1;
  if (!is_proved && !is_careless) {
    const std::string_view refusal =
        provider.is_supabase ? (is_known ? R"({"code":"bad_code_verifier","message":"code verifier does not match"})"
                                         : R"({"code":"flow_state_not_found","message":"no flow state"})")
                             : R"({"error":"invalid_grant","error_description":"no such code"})";
    return {.status = "400", .body = std::string(refusal), .is_refusal = true};
  }
  Reply reply;
  const SignIn* asked = world.find_by_verifier(code_verifier);
  reply.is_refusal = !is_proved && (asked == nullptr || asked->nonce != grant->nonce);
  reply.body = R"({"access_token":")" + grant->token("access") + R"(","token_type":"Bearer","expires_in":3600,)" +
               R"("refresh_token":")" + grant->token("refresh") + "\"";
  if (provider.openid) {
    const bool is_eddsa = choice % 4 >= 2;
    auto fault = choice < 128 ? Fault::none : static_cast<Fault>(choice / 4 % Fault::kFaults);
    if (fault == Fault::at_hash && !is_eddsa) fault = Fault::none;
    if (fault == Fault::nonce && provider.is_bare) fault = Fault::none;
    const Claims claims{.issuer = provider.issuer(),
                        .nonce = grant->nonce,
                        .sub = person_name(grant->person),
                        .access_token = grant->token("access")};
    reply.body += R"(,"id_token":")" + build_id_token(world, provider, claims, fault, is_eddsa) + "\"";
    reply.is_refusal |= fault != Fault::none;
  }
  // A session that fills one cookie, or several.
  if (provider.is_supabase)
    reply.body += R"(,"user":{"id":")" + person_name(grant->person) +
                  R"(","name":"Zo)"
                  "\xC3\xAB" +
                  std::string(choice % 4 == 3 ? 7000 : 3, 'n') + "\"}";
  reply.body += "}";
  return reply;
}

Reply userinfo_response(const World& world, const Provider& provider, const StepCase& step, Input& input) {
  const bool is_other = input.pick(8) == 7 && provider.openid;
  const std::string token = step.headers(fetch_field::header_0, "authorization").at(0).substr(7);
  const Grant* grant = world.find_by_token(token);
  // The evil one says what it likes, but to be of use it has to be what its ID Token says.
  const std::size_t person = grant != nullptr && !provider.is_evil ? grant->person : 1;
  const std::string sub = is_other ? "user-2" : person_name(person);
  return {.body = R"({"sub":")" + sub + R"(","name":"Zo\u00eb"})", .is_refusal = is_other};
}

/// What a provider answers that means well.
Reply good_reply(const World& world, const StepCase& step, Input& input) {
  const std::string url = step.at(fetch_field::url);
  const std::string body = step.at(fetch_field::body);
  for (const Provider& provider : world.providers()) {
    const std::string origin(provider.origin);
    const std::string verifier = parameter_of(body, "code_verifier");
    const bool names_client = url == provider.token_endpoint() || url == provider.revocation_endpoint();
    if (provider.signs && names_client && !is_secret_good(world, provider, parameter_of(body, "client_secret")))
      return {.status = "401", .body = R"({"error":"invalid_client"})", .is_refusal = true};
    if (url == provider.token_endpoint() && provider.is_evil)
      return evil_token_response(world, world.find_by_verifier(verifier), input);
    if (url == provider.token_endpoint() && !provider.is_supabase)
      return redeem(world, provider, parameter_of(body, "code"), verifier, parameter_of(body, "redirect_uri"), input);
    if (url == provider.token_endpoint())
      return redeem(world, provider, json_member(body, "auth_code"), json_member(body, "code_verifier"), "", input);
    if (url == origin + "/.well-known/openid-configuration")
      return {.body = provider.is_evil ? evil_metadata(world, provider, input) : metadata_of(provider)};
    if (url == provider.jwks_uri()) return {.body = build_jwks(provider)};
    if (url == provider.userinfo_endpoint()) return userinfo_response(world, provider, step, input);
    if (url == provider.revocation_endpoint()) return {};
  }
  const std::string api = "https://abc.supabase.co/auth/v1";
  if (url == api + "/verify" || url == api + "/token?grant_type=refresh_token")
    return {.body = R"({"access_token":")" + std::string(kOtherTokens[0]) + R"(","token_type":"bearer",)" +
                    R"("expires_in":3600,"refresh_token":")" + std::string(kOtherTokens[1]) + R"(","user":{}})"};
  if (url.starts_with(api + "/logout?scope=")) return {.status = "204"};
  if (url == api + "/user") return {.body = R"({"id":"u","email":"zoe@example.com"})"};
  std::fprintf(stderr, "a request to nobody we know: %s\n", url.c_str());
  std::abort();
}

}  // namespace

Reply reply_to(const World& world, const StepCase& step, Input& input) {
  const std::uint8_t choice = input.byte();
  if (step.kind() == StepKind::verify)
    return choice < 192 && is_signature_good(step) ? Reply{.status = "1"} : Reply{.status = "0", .is_refusal = true};
  if (step.kind() == StepKind::sign) return sign_secret(step, choice);
  Reply reply = good_reply(world, step, input);
  if (choice < 160) return reply;
  constexpr std::string_view kStatuses[] = {"400", "401", "403", "404", "429", "500", "503", "302", "204", "0"};
  constexpr std::string_view kFailures[] = {"network", "timeout", "too_large", "redirect"};
  switch (choice % 6) {
    case 0:
      reply.status = input.pick(kStatuses);
      reply.is_refusal = true;
      break;
    case 1:
      reply = {.status = "", .failure = std::string(input.pick(kFailures)), .is_refusal = true};
      break;
    case 2:
      reply.content_type = "text/html";
      reply.is_refusal = true;
      break;
    case 3:
      reply = {.body = std::string(input.pick(kHostileBodies)), .is_garbled = true};
      break;
    case 4:
      reply = {.body = std::string(input.text(60)), .is_garbled = true};
      break;
    default:
      if (reply.body.empty()) break;
      reply.is_refusal = false;
      reply.is_garbled = true;
      // One byte another; of metadata only a part, since whoever changes it is the issuer.
      if (const std::size_t at = input.pick(reply.body.size()); reply.body.starts_with(R"({"issuer")"))
        reply.body.resize(at);
      else
        reply.body[at] ^= static_cast<char>(input.byte());
  }
  return reply;
}

}  // namespace landfall::fuzz
