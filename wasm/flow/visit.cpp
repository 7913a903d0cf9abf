#include "flow/visit.hpp"

#include "base/base64url.hpp"
#include "base/sha256.hpp"
#include "rules/entropy.hpp"
#include "rules/public_origin.hpp"

namespace landfall {
namespace {

Text hash_of(std::string_view text) {
  const Sha256Digest digest = sha256(text);
  return base64url(as_bytes(digest));
}

}  // namespace

Visit visit_of(const Config& config, const Request& request) {
  Visit visit;
  if (!config.session.is_on()) return visit;
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return visit;
  visit.origin = *origin;
  visit.opened = find_own_session(config.session, visit.origin, request.cookie, request.now);
  return visit;
}

ErrorCode keep_session(const Config& config, const Request& request, std::string_view origin, const OwnSession& session,
                       List<std::string_view>& set_cookies) {
  return keep_own_session(config.session, origin, request.cookie, session, draw(request.entropy, Drawn::session),
                          request.now, set_cookies);
}

FoundSession& found_session(const Config& config, const Request& request, const Visit& visit) {
  auto& found = place<FoundSession>();
  if (visit.opened == nullptr) return found;
  OwnSession session = visit.opened->session;
  if (visit.opened->has_old_key || needs_renewal(session, config.session.life, request.now)) {
    session.renewed = request.now;
    keep_session(config, request, visit.origin, session, found.set_cookies);
  }
  found.json = build_session_view(session, config.session.life);
  return found;
}

const OwnTokens* tokens_of(const Config& config, const Request& request, const Visit& visit) {
  return find_own_tokens(config.session, visit.origin, request.cookie, visit.opened->session.sid);
}

Text refresh_family(const Visit& visit) {
  const OwnSession& session = visit.opened->session;
  return hash_of(concat(session.provider, "\n", session.sid, "\n", visit.origin));
}

Text refresh_key(const Visit& visit, std::string_view refresh_token) {
  return concat(refresh_family(visit), ".", hash_of(refresh_token));
}

}  // namespace landfall
