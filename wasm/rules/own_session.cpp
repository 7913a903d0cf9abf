#include "rules/own_session.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"

namespace landfall {
namespace {

/// Bind the keys to their purposes, so that nothing else that is sealed with the same secret passes for a session.
constexpr std::string_view kSealPurpose = "landfall session 1";
constexpr std::string_view kNoncePurpose = "landfall session nonce 1";
constexpr std::string_view kHintPurpose = "landfall session hint 1";
constexpr std::string_view kSidPurpose = "landfall session sid 1";

Sha256Digest derive(std::string_view secret, std::string_view purpose) {
  const std::array<std::string_view, 1> parts{purpose};
  return HmacKey(secret).sign(parts);
}

char hint_of(std::string_view secret) {
  const Sha256Digest digest = derive(secret, kHintPurpose);
  return base64url(as_bytes(digest).substr(0, 1))[0];
}

Text aad_of(const SessionBinding& binding) {
  return concat(kSealPurpose, "\n", binding.cookie_name, "\n", binding.place);
}

void append_part(Text& plaintext, std::string_view part) { plaintext += concat(part, "."); }

Text number(std::int64_t value) {
  Text digits;
  append_base36(digits, value);
  return digits;
}

/// `created.renewed.sid.provider.length of user.user data`
Text build_plaintext(const OwnSession& session) {
  Text text;
  append_part(text, number(session.created));
  append_part(text, number(session.renewed));
  append_part(text, session.sid);
  append_part(text, session.provider);
  append_part(text, number(static_cast<std::int64_t>(session.user.size())));
  text += session.user;
  text += session.data;
  return text;
}

/// Reads what build_plaintext wrote: the seal says that it did.
OwnSession unpack(std::string_view text) {
  OwnSession session;
  session.created = parse_base36(take_until(text, '.')).value_or(0);
  session.renewed = parse_base36(take_until(text, '.')).value_or(0);
  session.sid = take_until(text, '.');
  session.provider = take_until(text, '.');
  const auto size = static_cast<std::size_t>(parse_base36(take_until(text, '.')).value_or(0));
  session.user = text.substr(0, size);
  session.data = text.substr(session.user.size());
  return session;
}

}  // namespace

SessionKey::SessionKey(std::string_view secret)
    : seal(derive(secret, kSealPurpose)),
      nonce([secret] {
        const Sha256Digest key = derive(secret, kNoncePurpose);
        return HmacKey(as_bytes(key));
      }()),
      hint(hint_of(secret)) {}

Text make_sid(const SessionKey& key, std::string_view entropy) {
  const std::array<std::string_view, 3> parts{kSidPurpose, "\n", entropy};
  const Sha256Digest digest = key.nonce.sign(parts);
  return base64url(as_bytes(digest).substr(0, kSidBytes));
}

Text seal_session(const OwnSession& session, const SessionBinding& binding, const SessionKey& key,
                  std::string_view entropy) {
  const Text aad = aad_of(binding);
  const Text plaintext = build_plaintext(session);
  const std::array<std::string_view, 5> parts{aad, "\n", plaintext, "\n", entropy};
  const Sha256Digest digest = key.nonce.sign(parts);
  Text bytes = as_bytes(digest).substr(0, kSealNonceBytes);
  bytes += seal_xchacha20_poly1305(key.seal, bytes, aad, plaintext);
  Text sealed;
  sealed += key.hint;
  append_base64url(sealed, bytes);
  return sealed;
}

const OpenedSession* open_session(std::string_view sealed, const SessionBinding& binding,
                                  std::span<const SessionKey> keys) {
  const auto bytes = parse_base64url(sealed.substr(std::min<std::size_t>(1, sealed.size())));
  if (sealed.empty() || !bytes || bytes->size() < kSealNonceBytes) return nullptr;
  const std::string_view nonce = bytes->view().substr(0, kSealNonceBytes);
  const Text aad = aad_of(binding);
  for (const SessionKey& key : keys) {
    if (key.hint != sealed.front()) continue;
    const auto plaintext = open_xchacha20_poly1305(key.seal, nonce, aad, bytes->view().substr(kSealNonceBytes));
    if (plaintext) return &place(OpenedSession{.session = unpack(*plaintext), .has_old_key = &key != &keys.front()});
  }
  return nullptr;
}

std::int64_t expiry_of(const OwnSession& session, const SessionLife& life) {
  return std::min(session.created + life.max_age, session.renewed + life.idle);
}

bool is_alive(const OwnSession& session, const SessionLife& life, std::int64_t now) {
  return session.created <= now + kClockSkewSeconds && session.renewed <= now + kClockSkewSeconds &&
         now < expiry_of(session, life);
}

bool needs_renewal(const OwnSession& session, const SessionLife& life, std::int64_t now) {
  return now - session.renewed >= std::max<std::int64_t>(1, life.idle / kOwnSessionRenewals);
}

Text build_session_view(const OwnSession& session, const SessionLife& life) {
  Text json = concat("{\"user\":", session.user);
  append_json_member(json, "provider", session.provider);
  append_json_name(json, "created");
  append_decimal(json, session.created);
  append_json_name(json, "expires");
  append_decimal(json, expiry_of(session, life));
  append_json_name(json, "data");
  json += session.data.empty() ? std::string_view("null") : session.data;
  append_json_name(json, "verified");
  json += "true}";
  return json;
}

}  // namespace landfall
