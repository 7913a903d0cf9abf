// The evil provider's endpoints. It has an authorization endpoint of its own, and people who come there; and it has
// what the attacker's own account got from the honest ones.
#include "world_providers.hpp"

namespace landfall::fuzz {
namespace {

/// What the attacker's account has at an honest provider; null for nothing.
const Grant* find_own_grant(const World& world, std::size_t which) {
  std::vector<const Grant*> own;
  for (const Grant& grant : world.grants)
    if (grant.person == 1 && !grant.provider->is_evil) own.push_back(&grant);
  return own.empty() ? nullptr : own[which % own.size()];
}

}  // namespace

Reply evil_token_response(const World& world, const SignIn* sign_in, Input& input) {
  const std::uint8_t choice = input.byte();
  const Providers& providers = world.providers();
  const Provider& evil = providers[3];
  const Grant* foreign = find_own_grant(world, choice / 16);
  const bool is_eddsa = choice % 2 == 1;
  Reply reply;
  std::string access_token = "evil-access-token";
  Claims claims{.issuer = evil.issuer(), .nonce = sign_in != nullptr ? sign_in->nonce : "", .sub = person_name(1)};
  const Provider* signer = &evil;
  Fault fault = Fault::none;
  switch (choice / 2 % 8) {
    case 0:
    case 1:
      break;
    case 2:  // An honest provider's access token under its own name: then it lies about a person it could invent.
      if (foreign != nullptr) access_token = foreign->token("access");
      break;
    case 3:  // An honest provider's ID Token, with the nonce that the attacker asked it for.
      signer = &providers[1];
      claims.issuer = signer->issuer();
      break;
    case 4:  // An honest issuer, signed by itself.
      claims.issuer = providers[1 + choice / 16 % 2].issuer();
      break;
    case 5:
      fault = Fault::signature;
      break;
    case 6:
      fault = static_cast<Fault>(1 + choice / 16 % (Fault::kFaults - 1));
      if (fault == Fault::at_hash && !is_eddsa) fault = Fault::nonce;
      break;
    default:
      return {.body = R"({"access_token":"evil","token_type":"Bearer"})", .is_refusal = evil.openid};
  }
  claims.access_token = access_token;
  reply.is_refusal = evil.openid && (signer != &evil || claims.issuer != evil.issuer() || fault != Fault::none);
  reply.body = R"({"access_token":")" + access_token + R"(","token_type":"Bearer","id_token":")" +
               build_id_token(world, *signer, claims, fault, is_eddsa) + "\"}";
  return reply;
}

std::string evil_metadata(const World& world, const Provider& evil, Input& input) {
  const std::uint8_t choice = input.byte();
  const Provider& honest = world.providers()[choice / 4 % 3];
  const std::string origin(evil.origin);
  const std::string other(honest.origin);
  // The people go to an honest provider at once, with the client_id that the app has there as well.
  const std::string authorization = choice % 4 == 1 ? honest.authorization_endpoint() : evil.authorization_endpoint();
  const std::string keys = (choice % 4 == 2 && honest.openid ? other : origin) + "/jwks";
  return R"({"issuer":")" + (choice % 4 == 3 ? other : origin) + R"(","authorization_endpoint":")" + authorization +
         R"(","token_endpoint":")" + evil.token_endpoint() + R"(","jwks_uri":")" + keys + R"(","userinfo_endpoint":")" +
         origin + R"(/userinfo"})";
}

}  // namespace landfall::fuzz
