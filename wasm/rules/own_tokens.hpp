#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/list.hpp"
#include "rules/own_session.hpp"
#include "rules/sealed_cookies.hpp"
#include "rules/token_response.hpp"

/// The provider's tokens beside a session. They have cookies of their own, written at a sign-in and at a refresh alone,
/// so that a renewal of the session never puts old tokens back.
namespace landfall {

/// The cookies of tokens. An ID Token with the groups of a person can have 10 kB.
inline constexpr SealedCookies::Kind kTokenCookies{"-tokens", 3, &SessionPolicy::token_keys};

/// What keys of tokens are for.
inline constexpr std::string_view kTokensPurpose = "landfall tokens 1";

/// The tokens of a session. A missing one is empty.
struct OwnTokens {
  std::string_view access_token;
  std::string_view refresh_token;
  std::string_view id_token;
  /// The end of the access token in seconds since 1970, and its whole life in seconds; 0 where the provider says none.
  std::int64_t expires_at = 0;
  std::int64_t expires_in = 0;

  /// Whether the access token lives for `seconds` more. Half of its life is the most that anybody can ask for.
  [[nodiscard]] bool lasts(std::int64_t seconds, std::int64_t now) const;
};

/// The tokens in a session's JSON, as build_session writes it.
OwnTokens own_tokens_of(std::string_view session_json);

/// The tokens of a token response. What a refresh leaves out stays as it was (RFC 6749 6). @param now when it came.
OwnTokens merge_own_tokens(const Tokens& tokens, const OwnTokens& old, std::int64_t now);

/// Tokens as one text, for `resume`.
Text pack_tokens(const OwnTokens& tokens);
OwnTokens unpack_tokens(std::string_view text);

/// The tokens of a session in a Cookie header; null for none, and for those of another session.
const OwnTokens* find_own_tokens(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                                 std::string_view sid);

/// Appends the Set-Cookie values that keep the tokens of a session. Where they are too large, the ID Token stays away
/// first, then the access token, since a refresh brings another one; then all of them.
/// @return the names of those that stay away, with blanks between; empty for none. @param entropy fresh random bytes.
std::string_view keep_own_tokens(const SessionPolicy& policy, std::string_view origin, std::string_view cookie_header,
                                 const OwnTokens& tokens, const OwnSession& session, std::string_view entropy,
                                 std::int64_t now, List<std::string_view>& set_cookies);

}  // namespace landfall
