// ID Tokens and keys of the journey's world. A signature holds for its data and its signer, as a real one would.
#include "base/base64url.hpp"
#include "base/memory.hpp"
#include "base/sha256.hpp"
#include "base/sha512.hpp"
#include "world_providers.hpp"

namespace landfall::fuzz {
namespace {

std::string encode(std::string_view text) { return std::string(base64url(text).view()); }

std::string public_number(const Provider& provider) {
  std::string bytes(32, 'x');
  bytes.replace(0, std::min<std::size_t>(31, provider.origin.size()), provider.origin.substr(0, 31));
  return encode(bytes);
}

std::string sign(std::string_view data, std::string_view number) {
  const Sha256Digest digest = sha256(std::string(data) + std::string(number));
  return encode(std::string(as_bytes(digest)) + std::string(as_bytes(digest)));
}

}  // namespace

std::string build_id_token(const World& world, const Provider& signer, const Claims& said, Fault fault, bool is_eddsa) {
  Memory memory;
  const MemoryScope scope(memory);
  const auto member = [](std::string_view name, const std::string& value) {
    return "\"" + std::string(name) + "\":\"" + value + "\",";
  };
  const std::string header = "{" +
                             member("alg", fault == alg ? "none"
                                           : is_eddsa   ? "EdDSA"
                                                        : "ES256") +
                             R"("kid":"k1"})";
  std::string claims = "{";
  claims += member("iss", fault == iss ? "https://other.example" : said.issuer);
  claims += member("aud", fault == aud ? "client-2" : "client-1");
  if (fault == azp) claims += member("azp", "client-2");
  claims += member("nonce", fault == nonce ? "another" : said.nonce);
  if (fault != sub) claims += member("sub", said.sub);
  if (is_eddsa) {
    const Sha512Digest digest = sha512(said.access_token);
    claims += member("at_hash", encode(as_bytes(digest).substr(fault == at_hash ? 1 : 0, 32)));
  }
  claims += "\"exp\":" + std::to_string(world.now + (fault == exp ? -3600 : 3600)) + ",";
  claims += "\"iat\":" + std::to_string(world.now + (fault == iat ? 3600 : 0)) + "}";
  const std::string data = encode(header) + "." + encode(claims);
  const std::string made = sign(fault == signature ? "something else" : data, public_number(signer));
  return data + (fault == segments ? "" : "." + made);
}

std::string build_jwks(const Provider& provider) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string x = public_number(provider);
  return R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":")" + x + R"(","y":")" + encode(std::string(32, 'y')) +
         R"("},{"kty":"OKP","crv":"Ed25519","kid":"k1","x":")" + x + "\"}]}";
}

bool is_signature_good(const StepCase& verify) {
  Memory memory;
  const MemoryScope scope(memory);
  return verify.at(verify_field::signature) ==
         sign(verify.at(verify_field::data), json_member(verify.at(verify_field::jwk), "x"));
}

Reply sign_secret(const StepCase& step, std::uint8_t choice) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string good = sign(step.at(sign_field::data), step.at(sign_field::key));
  if (choice < 192) return {.body = good};
  constexpr std::string_view kOthers[] = {"", "AAAA", "=", "no base64url!"};
  switch (choice % 8) {
    case 0:  // It can be one, and the provider refuses it.
      return {.body = sign("something else", step.at(sign_field::key))};
    case 1:
      return {.body = good + "AAAA", .is_refusal = true};
    case 2:
      return {.body = good.substr(4), .is_refusal = true};
    case 3:
      return {.failure = "network", .is_refusal = true};
    default:
      return {.body = std::string(kOthers[choice % 4]), .is_refusal = true};
  }
}

bool is_secret_for(const World& world, const Provider& provider, std::string_view data) {
  Memory memory;
  const MemoryScope scope(memory);
  if (!data.starts_with(kSignedSecret)) return false;
  const auto claims = parse_base64url(data.substr(kSignedSecret.size()));
  if (!claims) return false;
  const auto time = [&claims](std::string_view name) {
    const std::size_t at = claims->view().find(std::string("\"").append(name).append("\":"));
    CHECK(at != std::string_view::npos);
    return std::stoll(std::string(claims->view().substr(at + name.size() + 3)));
  };
  return json_member(*claims, "iss") == "team-1" && json_member(*claims, "sub") == "client-1" &&
         json_member(*claims, "aud") == provider.issuer() && time("iat") <= world.now && time("exp") > world.now;
}

bool is_secret_good(const World& world, const Provider& provider, std::string_view secret) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view data = secret.substr(0, secret.rfind('.'));
  return is_secret_for(world, provider, data) && secret.substr(data.size()) == "." + sign(data, kPrivateKey);
}

}  // namespace landfall::fuzz
