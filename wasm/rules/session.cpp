#include "rules/session.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace landfall {
namespace {

void append_number(Text& session, std::string_view name, std::int64_t number) {
  append_json_name(session, name);
  append_decimal(session, number);
}

}  // namespace

Text build_session(std::string_view provider, const Tokens& tokens, std::string_view requested_scope,
                   std::string_view token_response, std::int64_t now) {
  Text session;
  session.reserve(2 * token_response.size() + 256);
  append_json_member(session, "provider", provider);
  append_json_member(session, "access_token", tokens.access_token);
  append_json_member(session, "token_type", "Bearer");
  if (tokens.expires_in) {
    append_number(session, "expires_in", *tokens.expires_in);
    append_number(session, "expires_at", now + *tokens.expires_in);
  }
  if (!tokens.refresh_token.empty()) append_json_member(session, "refresh_token", tokens.refresh_token);
  append_json_member(session, "scope", tokens.scope.empty() ? requested_scope : tokens.scope);
  if (!tokens.id_token.empty()) append_json_member(session, "id_token", tokens.id_token);
  append_session_member(session, "token_response", token_response);
  return session;
}

void append_session_member(Text& session, std::string_view name, std::string_view json) {
  append_json_name(session, name);
  session += to_ascii_json(json);
}

}  // namespace landfall
