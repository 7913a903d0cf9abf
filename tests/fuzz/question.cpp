// Questions about a session: whatever cookies come, and whatever a provider or Supabase Auth answers, nobody but the
// person who signed in is found, no token but theirs is given, and nothing outlives its limits.
#include <array>
#include <string>
#include <vector>

#include "codec/core.hpp"
#include "core_message.hpp"
#include "input.hpp"
#include "rules/own_session_cookies.hpp"
#include "rules/own_tokens.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kSecret = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kOrigin = "https://app.example";
constexpr std::string_view kSid = "abcdefghijklmnop";
constexpr std::int64_t kSignedIn = 1'750'000'000;

constexpr std::string_view kConfig =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","isRevoked":true,
  "session":{"tokens":true,"idToken":true,"maxAge":7200,"idle":3600},
  "providers":{"work":{"clientId":"client-1","clientSecret":"s","issuer":"https://as.example","scopes":"openid",
    "jwksUri":"https://as.example/jwks","authorizationEndpoint":"https://as.example/authorize",
    "tokenEndpoint":"https://as.example/token"}},
  "supabase":{"url":"https://abc.supabase.co","key":"anon"}})";

constexpr std::string_view kAnswers[] = {
    R"({"access_token":"at2","refresh_token":"rt2","token_type":"bearer","expires_in":3600})",
    R"({"access_token":"at2","token_type":"bearer"})",
    R"({"error":"invalid_grant"})",
    R"({"code":"refresh_token_not_found"})",
    R"({"keys":[]})",
    R"({"id":"evil"})",
    "",
};
constexpr int kStatuses[] = {200, 400, 401, 403, 429, 503, 0, 1};

std::vector<std::string> perform(Core& core, Operation operation, const RequestCase& request) {
  MessageBuilder message;
  const std::vector<std::string> list = request.list();
  for (const std::string& field : list) message.add(std::string_view(field));
  const Text answer = core.handle(operation, message.build());
  const auto fields = Message::parse(answer);
  CHECK(fields.has_value());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < fields->size(); ++i) {
    for (const char c : (*fields)[i]) CHECK(static_cast<unsigned char>(c) < 0x80);
    out.emplace_back((*fields)[i]);
  }
  return out;
}

/// What the browser of somebody who signed in sends.
std::string true_cookies() {
  SessionPolicy policy;
  policy.is_wanted = policy.tokens = true;
  policy.life = {.max_age = 7200, .idle = 3600};
  policy.keys.push_back(PurposeKey(kSecret, kSessionPurpose));
  policy.token_keys.push_back(PurposeKey(kSecret, kTokensPurpose));
  const OwnSession session{.created = kSignedIn,
                           .renewed = kSignedIn,
                           .sid = kSid,
                           .provider = "work",
                           .user = R"({"provider":"work","sub":"ada"})",
                           .data = {}};
  const OwnTokens tokens{
      .access_token = "at1", .refresh_token = "rt1", .expires_at = kSignedIn + 600, .expires_in = 600};
  List<std::string_view> lines;
  CHECK(keep_own_session(policy, kOrigin, "", session, make_entropy('s'), kSignedIn, lines) == ErrorCode::ok);
  keep_own_tokens(policy, kOrigin, "", tokens, session, make_entropy('t'), kSignedIn, lines);
  std::string header;
  for (const std::string_view line : lines) header += std::string(line.substr(0, line.find(';'))) + "; ";
  return header;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  Memory memory;
  const MemoryScope scope(memory);
  Core core;
  MessageBuilder config;
  config.add(kConfig);
  const Text ready = core.handle(Operation::configure, config.build());
  CHECK((*Message::parse(ready))[0] == std::to_string(static_cast<int>(StepKind::ready)));

  const Operation operations[] = {Operation::get_user, Operation::require_session, Operation::get_access_token};
  const Operation operation = input.pick(operations);
  std::int64_t now = kSignedIn + static_cast<std::int64_t>(input.pick(9000)) - 100;
  const bool is_true = input.byte() % 2 == 0;
  std::string cookies = is_true ? true_cookies() : std::string();
  // Some bytes of the true cookies become others.
  const std::size_t changes = is_true ? input.pick(3) : 0;
  for (std::size_t i = 0; i < changes && !cookies.empty(); ++i)
    cookies[input.pick(cookies.size())] ^= static_cast<char>(input.byte());
  cookies += std::string(input.text(255));
  RequestCase request{.fields = {{RequestField::method, "GET"}, {RequestField::url, "https://app.example/account"}},
                      .headers = {{RequestHeader::cookie, cookies}}};
  request.fields[RequestField::minimum] = std::string(input.text(4));
  bool was_revoked = false;
  for (int i = 0; i < 8; ++i) {
    request.fields[RequestField::now] = std::to_string(now);
    request.fields[RequestField::entropy] = make_entropy(static_cast<char>('a' + i));
    const StepCase step{perform(core, operation, request)};
    const StepKind kind = step.kind();
    if (kind == StepKind::respond) return 0;
    if (kind == StepKind::stored_session) {
      const std::string json = step.at(stored_session_field::session);
      if (json.empty()) return 0;
      CHECK(!was_revoked);
      const bool is_own = json.find(kSid) != std::string::npos;
      // Supabase's session is the word of its server, which the input writes.
      CHECK(is_own ? is_true && now < kSignedIn + 3600 : json.find("\"sid\":null") != std::string::npos);
      return 0;
    }
    if (kind == StepKind::access_token) {
      CHECK(!was_revoked);
      const std::string token = step.at(access_token_field::access_token);
      if (token == "at1") CHECK(is_true && now < kSignedIn + 600);
      CHECK(!token.empty());
      return 0;
    }
    CHECK(kind == StepKind::fetch || kind == StepKind::verify || kind == StepKind::revoked);
    // The signature of a token that the input made is never good.
    const int status = kind == StepKind::verify ? 0 : input.pick(kStatuses);
    was_revoked |= kind == StepKind::revoked && status == 1;
    request.fields[RequestField::resume] = step.at(fetch_field::resume);
    request.fields[RequestField::status] = std::to_string(status);
    request.fields[RequestField::content_type] = "application/json";
    const std::size_t which = input.pick(std::size(kAnswers) + 1);
    request.fields[RequestField::answer] =
        which < std::size(kAnswers) ? std::string(kAnswers[which]) : std::string(input.text(255));
    now += input.byte();
  }
  CHECK(false && "a question ends");
  return 0;
}
