// Secrets are compared in constant time: the same call with a difference at the front, at the end, or nowhere.
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "app.hpp"
#include "base/base64url.hpp"
#include "base/constant_time.hpp"
#include "base/sha256.hpp"
#include "base/xchacha20_poly1305.hpp"
#include "count.hpp"
#include "rules/id_token.hpp"
#include "rules/state.hpp"
#include "rules/transaction.hpp"

namespace landfall::instructions {
namespace {

constexpr std::string_view kState = "0123456789AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-sxwkn4-abcd";
constexpr std::string_view kVerifier = "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV";
constexpr std::string_view kNonce = "NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN";
constexpr std::string_view kAccessToken = "at";

using Check = std::function<bool(std::string_view)>;

/// The secret with another character at an index.
std::string with_difference(std::string secret, std::size_t index) {
  secret[index] = secret[index] == 'B' ? 'C' : 'B';
  return secret;
}

/// Counts a check for the secret itself and for what differs from it at `first` alone, in the middle, at `last`.
void compare(const std::string& name, std::string_view secret, std::size_t first, std::size_t last,
             const Check& check) {
  const std::string same(secret);
  // What happens once in the life of a program does not count.
  (void)check(same);
  const auto one = [&](const char* where, const std::string& given, bool wanted) {
    bool taken = !wanted;
    count(name + "|" + where, [&] { taken = check(given); });
    require(taken == wanted, name + ": " + where + " has another outcome");
  };
  one("first", with_difference(same, first), false);
  one("middle", with_difference(same, (first + last) / 2), false);
  one("last", with_difference(same, last), false);
  one("nowhere", same, true);
}

/// The check that must not be: it leaves at the first difference. The test has to see this.
[[gnu::noinline]] bool compare_carelessly(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) return false;
  return true;
}

Text seal(const TransactionBinding& binding, const HmacKey& key) {
  return seal_transaction(
      {.provider = "work", .state = kState, .code_verifier = kVerifier, .nonce = kNonce, .next = "/", .created = kNow},
      binding, key);
}

void compare_seals() {
  const HmacKey key("0123456789abcdef0123456789abcdef");
  const HmacKey older("fedcba9876543210fedcba9876543210");
  const std::string sealed(seal({.redirect_uri = "https://app.example/auth/callback"}, key).view());
  const auto opens = [](std::string_view given, std::initializer_list<HmacKey> keys) {
    const Transaction* transaction = parse_transaction(given);
    return transaction != nullptr &&
           check_transaction(given, *transaction, {.redirect_uri = "https://app.example/auth/callback"},
                             {keys.begin(), keys.size()}, kNow) == ErrorCode::ok;
  };
  // The seal is the first 43 characters.
  compare("seal", sealed, 0, 42, [&](std::string_view given) { return opens(given, {key}); });
  compare("seal, two keys", sealed, 0, 42, [&](std::string_view given) { return opens(given, {key, older}); });
}

void compare_session_tags() {
  SealKey key{};
  const std::string nonce(kSealNonceBytes, 'n');
  const std::string sealed(seal_xchacha20_poly1305(key, nonce, "aad", "who is signed in").view());
  compare("session", sealed, sealed.size() - kSealTagBytes, sealed.size() - 1,
          [&](std::string_view given) { return open_xchacha20_poly1305(key, nonce, "aad", given).has_value(); });
}

const Jwt& id_token_with(std::string_view nonce, std::string_view at_hash) {
  const Text claims =
      concat(R"({"iss":"https://as.example","aud":"client-1","sub":"u","exp":1750003600,"iat":1750000000,"nonce":")",
             nonce, R"(","at_hash":")", at_hash, "\"}");
  const Text compact = concat(base64url(R"({"alg":"RS256"})"), ".", base64url(claims), ".AAAA");
  const Jwt* id_token = parse_id_token(compact);
  require(id_token != nullptr, "no ID Token");
  return *id_token;
}

void compare_id_tokens() {
  const IdTokenExpectation expected{.issuers = {.issuer = "https://as.example"},
                                    .client_id = "client-1",
                                    .nonce = kNonce,
                                    .access_token = kAccessToken,
                                    .now = kNow};
  const Sha256Digest digest = sha256(kAccessToken);
  const std::string at_hash(base64url(as_bytes(digest).substr(0, 16)).view());
  // Making the token is counted too, and costs the same each time.
  compare("nonce", kNonce, 0, kNonce.size() - 1, [&](std::string_view given) {
    return check_id_token(id_token_with(given, at_hash), expected) != ErrorCode::id_token_nonce;
  });
  compare("at_hash", at_hash, 0, at_hash.size() - 1, [&](std::string_view given) {
    return check_id_token(id_token_with(kNonce, given), expected) == ErrorCode::ok;
  });
}

/// A sign-in through the app, as far as the callback: `sign_in` is the query that starts it, `id` how the provider's
/// address spells the parameter, `callback` the callback's address behind its first part, up to the parameter's value.
void compare_states(const std::string& name, const std::string& sign_in, std::string_view id,
                    const std::string& callback) {
  Memory memory;
  const MemoryScope scope(memory);
  App app;
  const Message started = app.handle(Operation::serve, App::request("https://app.example/auth/sign-in?" + sign_in, {}));
  std::string cookies;
  for (std::size_t i = 0; i + 1 < started.size(); ++i)
    if (started[i] == "set-cookie" && started[i + 1].starts_with("__Host-landfall-"))
      cookies += std::string(started[i + 1].substr(0, started[i + 1].find(';'))) + "; ";
  const std::string state(parameter_of(header_of(started, "location"), id));
  const std::string fetch = std::to_string(static_cast<int>(StepKind::fetch));
  // The first characters are the cookie's name, which is no secret to the browser that sends it.
  compare(name, state, kStateTagBytes, state.size() - 1, [&](std::string_view given) {
    const std::string url = "https://app.example/auth/callback" + callback + std::string(given);
    return app.handle(Operation::serve, App::request(url, {{RequestHeader::cookie, cookies}}))[0] == fetch;
  });
}

}  // namespace

void count_comparisons() {
  compare("control", kState, 0, kState.size() - 1,
          [](std::string_view given) { return compare_carelessly(given, kState); });
  compare("equal_constant_time", kState, 0, kState.size() - 1,
          [](std::string_view given) { return equal_constant_time(given, kState); });
  compare_seals();
  compare_session_tags();
  compare_id_tokens();
  compare_states("state", "provider=work", "state=", "/work?code=c&state=");
  compare_states("flow id", "provider=github", "sb_flow_id%3D", "?code=c&sb_flow_id=");
}

}  // namespace landfall::instructions
