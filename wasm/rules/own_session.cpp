#include "rules/own_session.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/utf8.hpp"

namespace landfall {
namespace {

constexpr std::string_view kSidPurpose = "landfall sid 1";

}  // namespace

Text make_sid(const PurposeKey& key, std::string_view entropy) {
  const std::array<std::string_view, 3> parts{kSidPurpose, "\n", entropy};
  const Sha256Digest digest = key.nonce.sign(parts);
  return base64url(as_bytes(digest).substr(0, kSidBytes));
}

Text pack_session(const OwnSession& session) {
  Text text;
  pack_number(text, session.created);
  pack_number(text, session.renewed);
  for (const std::string_view part : {session.sid, session.provider, session.user, session.data}) pack_part(text, part);
  return text;
}

OwnSession unpack_session(std::string_view plaintext) {
  OwnSession session;
  session.created = unpack_number(plaintext);
  session.renewed = unpack_number(plaintext);
  for (std::string_view* part : {&session.sid, &session.provider, &session.user, &session.data})
    *part = unpack_part(plaintext);
  return session;
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
  append_json_member(json, "sid", session.sid);
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
