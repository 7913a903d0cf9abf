#pragma once

#include <string>

#include "world.hpp"

/// What the providers answer, honest ones and the evil one.
namespace landfall::fuzz {

/// What an answer from outside is.
struct Reply {
  std::string status = "200";
  std::string failure = {};
  std::string content_type = "application/json";
  std::string body = {};
  /// Nobody may be signed in after this one.
  bool is_refusal = false;
  /// It is not what the provider meant: whatever it says of a person, it does not say it.
  bool is_garbled = false;
};

/// What the world answers to a FETCH, a VERIFY or a SIGN: mostly what is right, now and then anything.
Reply reply_to(const World& world, const StepCase& step, Input& input);

enum Fault : std::uint8_t { none, iss, aud, nonce, exp, iat, sub, alg, segments, at_hash, azp, signature, kFaults };

/// What an ID Token says.
struct Claims {
  std::string issuer;
  std::string nonce;
  std::string sub;
  std::string access_token;
};

/// @param signer whose key signs it.
std::string build_id_token(const World& world, const Provider& signer, const Claims& claims, Fault fault,
                           bool is_eddsa);

/// The key set of a provider: one key of each type.
std::string build_jwks(const Provider& provider);

/// Whether one of a provider's keys made the signature of a VERIFY.
bool is_signature_good(const StepCase& verify);

/// What a SIGN gets: the signature, or now and then something else.
Reply sign_secret(const StepCase& sign, std::uint8_t choice);

/// Whether a signing input is one that this provider takes now: `iss`, `sub`, `aud`, and the times.
bool is_secret_for(const World& world, const Provider& provider, std::string_view data);

/// Whether a client secret is one, with the signature of the app's key.
bool is_secret_good(const World& world, const Provider& provider, std::string_view secret);

/// The evil provider's own endpoints: with everything that it has of other providers.
Reply evil_token_response(const World& world, const SignIn* sign_in, Input& input);
std::string evil_metadata(const World& world, const Provider& evil, Input& input);

}  // namespace landfall::fuzz
