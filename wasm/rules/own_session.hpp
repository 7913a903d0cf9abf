#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "base/xchacha20_poly1305.hpp"

/// Landfall's own session: who signed in, without a store. A cookie holds it, sealed with XChaCha20-Poly1305.
namespace landfall {

/// A key of sessions, derived from one of the app's secrets.
struct SessionKey {
  /// Derives the keys of a secret.
  explicit SessionKey(std::string_view secret);

  SealKey seal;
  /// Makes nonces.
  HmacKey nonce;
  /// One character of base64url. It finds the key that sealed a value.
  char hint;
};

/// How long a session lasts, in seconds.
struct SessionLife {
  std::int64_t max_age = kOwnSessionSeconds;
  /// Without a request for so long, it is over.
  std::int64_t idle = kOwnSessionIdleSeconds;
};

/// A session that somebody has. All times are seconds since 1970.
struct OwnSession {
  /// When the person signed in.
  std::int64_t created = 0;
  /// When its cookie was written last.
  std::int64_t renewed = 0;
  /// Random, the same for as long as the person is signed in.
  std::string_view sid;
  std::string_view provider;
  /// The person's profile, JSON in ASCII.
  std::string_view user;
  /// The app's own data, JSON in ASCII; empty for none.
  std::string_view data;
};

/// What a sealed session is bound to: it opens at no other place.
struct SessionBinding {
  std::string_view cookie_name;
  /// The public origin, or the domain of an app with several.
  std::string_view place;
};

/// A `sid` for a new session: 16 characters of base64url. @param entropy fresh random bytes.
Text make_sid(const SessionKey& key, std::string_view entropy);

/// Seals a session: the key's hint, then in base64url a nonce of 24 bytes and the sealed text. The nonce depends on the
/// fresh `entropy` and on all that is sealed, so random bytes that come twice harm nothing.
Text seal_session(const OwnSession& session, const SessionBinding& binding, const SessionKey& key,
                  std::string_view entropy);

/// A session that was opened.
struct OpenedSession {
  OwnSession session;
  /// It was sealed with an older key than the first.
  bool has_old_key = false;
};

/// Opens a sealed session with the key that its hint names. Null for anything that seal_session did not seal for this
/// place with one of these keys.
const OpenedSession* open_session(std::string_view sealed, const SessionBinding& binding,
                                  std::span<const SessionKey> keys);

/// The end of a session, in seconds since 1970: the earlier of both limits.
std::int64_t expiry_of(const OwnSession& session, const SessionLife& life);

/// Whether a session counts now. One from the future does not, up to the clock skew.
bool is_alive(const OwnSession& session, const SessionLife& life, std::int64_t now);

/// Whether a session's cookie is written again.
bool needs_renewal(const OwnSession& session, const SessionLife& life, std::int64_t now);

/// A session as the app gets it, JSON in ASCII: `user`, `provider`, `created`, `expires`, `data` and `verified`.
Text build_session_view(const OwnSession& session, const SessionLife& life);

}  // namespace landfall
