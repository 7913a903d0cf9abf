#pragma once

#include <cstdint>
#include <string_view>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "rules/seal.hpp"

/// Landfall's own session: who signed in, without a store. A cookie holds it, sealed with XChaCha20-Poly1305.
namespace landfall {

/// What keys of sessions are for.
inline constexpr std::string_view kSessionPurpose = "landfall session 1";

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

/// A `sid` for a new session: 16 characters of base64url. @param entropy fresh random bytes.
Text make_sid(const PurposeKey& key, std::string_view entropy);

/// The plaintext of a session.
Text pack_session(const OwnSession& session);

/// Reads what pack_session wrote: the seal says that it did.
OwnSession unpack_session(std::string_view plaintext);

/// The end of a session, in seconds since 1970: the earlier of both limits.
std::int64_t expiry_of(const OwnSession& session, const SessionLife& life);

/// Whether a session counts now. One from the future does not, up to the clock skew.
bool is_alive(const OwnSession& session, const SessionLife& life, std::int64_t now);

/// Whether a session's cookie is written again.
bool needs_renewal(const OwnSession& session, const SessionLife& life, std::int64_t now);

/// A session as the app gets it, JSON in ASCII: `user`, `provider`, `sid`, `created`, `expires`, `data` and `verified`.
Text build_session_view(const OwnSession& session, const SessionLife& life);

}  // namespace landfall
