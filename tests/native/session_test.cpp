#include "rules/session.hpp"

#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;

VECTOR_TEST(Session, session) {
  const Json& in = c.at("tokens");
  const std::string access_token = bytes_or_empty(in, "access_token");
  const std::string refresh_token = bytes_or_empty(in, "refresh_token");
  const std::string id_token = bytes_or_empty(in, "id_token");
  const std::string scope = bytes_or_empty(in, "scope");
  Tokens tokens;
  tokens.access_token = access_token;
  tokens.refresh_token = refresh_token;
  tokens.id_token = id_token;
  tokens.scope = scope;
  if (in.contains("expires_in")) tokens.expires_in = in.at("expires_in").get<std::int64_t>();

  Text session = build_session("work", tokens, bytes(c.at("requested_scope")), bytes(c.at("token_response")),
                               c.at("now").get<std::int64_t>());
  append_session_member(session, "userinfo", "{\"name\":\"\u00e9\"}");
  session += '}';
  Json wanted = c.at("session");
  wanted["userinfo"] = {{"name", "\u00e9"}};
  EXPECT_EQ(Json::parse(session.view()), wanted) << session;
  for (const char byte : session) EXPECT_TRUE(byte >= 0x20 && byte <= 0x7E);
}

}  // namespace
}  // namespace landfall
