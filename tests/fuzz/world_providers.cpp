// The providers of the journey's world: mostly they answer what is right, now and then anything.
#include "base/base64url.hpp"
#include "base/memory.hpp"
#include "base/sha512.hpp"
#include "world.hpp"

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

enum Fault : std::uint8_t { none, iss, aud, nonce, exp, iat, sub, alg, segments, at_hash, kFaults };

std::string encode(std::string_view text) { return std::string(base64url(text).view()); }

std::string id_token(const World& world, const SignIn& sign_in, Fault fault, bool is_eddsa) {
  const auto member = [](std::string_view name, const std::string& value) {
    return "\"" + std::string(name) + "\":\"" + value + "\",";
  };
  const std::string header = "{" +
                             member("alg", fault == alg ? "none"
                                           : is_eddsa   ? "EdDSA"
                                                        : "ES256") +
                             R"("kid":"k1"})";
  std::string claims = "{";
  claims += member("iss", fault == iss ? "https://evil.example" : sign_in.provider->issuer());
  claims += member("aud", fault == aud ? "client-2" : "client-1");
  claims += member("nonce", fault == nonce ? "another" : sign_in.nonce);
  if (fault != sub) claims += member("sub", "user-1");
  if (is_eddsa) {
    const Sha512Digest digest = sha512(sign_in.token("access"));
    claims += member("at_hash", encode(as_bytes(digest).substr(fault == at_hash ? 1 : 0, 32)));
  }
  claims += "\"exp\":" + std::to_string(world.now + (fault == exp ? -3600 : 3600)) + ",";
  claims += "\"iat\":" + std::to_string(world.now + (fault == iat ? 3600 : 0)) + "}";
  return encode(header) + "." + encode(claims) + (fault == segments ? "" : "." + encode(std::string(64, 's')));
}

std::string metadata_of(const Provider& provider) {
  const std::string origin(provider.origin);
  return R"({"issuer":")" + origin + R"(","authorization_endpoint":")" + provider.authorization_endpoint() +
         R"(","token_endpoint":")" + provider.token_endpoint() + R"(","jwks_uri":")" + origin +
         R"(/jwks","userinfo_endpoint":")" + origin + R"(/userinfo","revocation_endpoint":")" + origin +
         R"(/revoke","authorization_response_iss_parameter_supported":)" + (provider.promises_iss ? "true" : "false") +
         R"(,"token_endpoint_auth_methods_supported":["client_secret_post"]})";
}

/// A token for whoever has the code and its code_verifier.
Reply redeem(const World& world, const Provider& provider, std::string_view code, std::string_view code_verifier,
             Input& input) {
  const SignIn* sign_in = world.find_by_code(code);
  const std::uint8_t choice = input.byte();
  const bool is_known = sign_in != nullptr && sign_in->provider == &provider && !sign_in->is_finished;
  const bool is_proved = is_known && sign_in->code_verifier == code_verifier;
  // A provider that does not look at the code_verifier is caught by the nonce of its ID Token.
  const bool is_careless = is_known && provider.openid && choice % 2 == 1;
  if (!is_proved && !is_careless) {
    const std::string_view refusal =
        provider.is_supabase ? (is_known ? R"({"code":"bad_code_verifier","message":"code verifier does not match"})"
                                         : R"({"code":"flow_state_not_found","message":"no flow state"})")
                             : R"({"error":"invalid_grant","error_description":"no such code"})";
    return {.status = "400", .body = std::string(refusal), .is_refusal = true};
  }
  Reply reply{.is_refusal = !is_proved};
  reply.body = R"({"access_token":")" + sign_in->token("access") + R"(","token_type":"Bearer","expires_in":3600,)" +
               R"("refresh_token":")" + sign_in->token("refresh") + "\"";
  if (provider.openid) {
    const bool is_eddsa = choice % 4 >= 2;
    auto fault = choice < 128 ? Fault::none : static_cast<Fault>(choice / 4 % Fault::kFaults);
    if (fault == Fault::at_hash && !is_eddsa) fault = Fault::none;
    reply.body += R"(,"id_token":")" + id_token(world, *sign_in, fault, is_eddsa) + "\"";
    reply.is_refusal |= fault != Fault::none;
  }
  // A session that fills one cookie, or several.
  if (provider.is_supabase)
    reply.body += R"(,"user":{"id":"u","name":"Zo)"
                  "\xC3\xAB" +
                  std::string(choice % 4 == 3 ? 7000 : 3, 'n') + "\"}";
  reply.body += "}";
  return reply;
}

/// What a provider answers that means well.
Reply good_reply(const World& world, const StepCase& step, Input& input) {
  const std::string url = step.at(fetch_field::url);
  const std::string body = step.at(fetch_field::body);
  for (const Provider& provider : kProviders) {
    if (url == provider.token_endpoint() && !provider.is_supabase)
      return redeem(world, provider, parameter_of(body, "code"), parameter_of(body, "code_verifier"), input);
    if (url == provider.token_endpoint())
      return redeem(world, provider, json_member(body, "auth_code"), json_member(body, "code_verifier"), input);
    if (url == std::string(provider.origin) + "/.well-known/openid-configuration")
      return {.body = metadata_of(provider)};
    if (url == std::string(provider.origin) + "/jwks")
      return {.body = R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":")" + encode(std::string(32, 'x')) +
                      R"(","y":")" + encode(std::string(32, 'y')) +
                      R"("},{"kty":"OKP","crv":"Ed25519","kid":"k1","x":")" + encode(std::string(32, 'x')) + "\"}]}"};
    if (url == std::string(provider.origin) + "/userinfo") {
      const bool is_other = input.pick(8) == 7;
      return {.body = is_other ? R"({"sub":"user-2"})" : R"({"sub":"user-1","name":"Zo\u00eb"})",
              .is_refusal = is_other && provider.openid};
    }
    if (url == std::string(provider.origin) + "/revoke") return {};
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
    return choice < 192 ? Reply{.status = "1"} : Reply{.status = "0", .is_refusal = true};
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
      reply.body = input.pick(kHostileBodies);
      reply.is_refusal = false;
      break;
    case 4:
      reply.body = input.text(60);
      reply.is_refusal = false;
      break;
    default:
      if (reply.body.empty()) break;
      reply.is_refusal = false;
      // One byte another; of metadata only a part, since whoever changes it is the issuer.
      if (const std::size_t at = input.pick(reply.body.size()); reply.body.starts_with(R"({"issuer")"))
        reply.body.resize(at);
      else
        reply.body[at] ^= static_cast<char>(input.byte());
  }
  return reply;
}

}  // namespace landfall::fuzz
