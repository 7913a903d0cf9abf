// An app with one configuration, and browsers that obey.
#include "world.hpp"

#include "base/ascii.hpp"
#include "base/memory.hpp"
#include "codec/core.hpp"
#include "stages.hpp"
#include "web/form.hpp"

namespace landfall::fuzz {
namespace {

/// Where it is deployed: at both hosts, or at the fixed origin and as a preview.
constexpr std::string_view kPlaces[] = {R"({
  "origin": {"trustedHosts": ["app.example", "www.app.example"]}, "secret": "0123456789abcdef0123456789abcdef",)",
                                        R"({
  "origin": {"trustedHosts": ["app.example"]}, "secret": "0123456789abcdef0123456789abcdef",
  "redirectVia": "https://app.example", "relayTo": ["www.app.example"],)",
                                        R"({
  "origin": {"trustedHosts": ["www.app.example"]}, "secret": "fedcba9876543210fedcba9876543210",
  "redirectVia": "https://app.example", "relayTo": ["www.app.example"],)"};

// In two halves: what is the same each time the app is deployed, and what is not.
constexpr std::string_view kConfig = R"(
  "onSession": true,
  "onSignOut": true,
  "providers": {
    "plain": {"clientId": "client-1", "clientSecret": "client-secret-0123456789abcdef0123456789",
      "authorizationEndpoint": "https://plain.example/authorize", "tokenEndpoint": "https://plain.example/token",
      "userinfo": true, "userinfoEndpoint": "https://plain.example/userinfo"},
    "posted": {"clientId": "client-1", "issuer": "https://posted.example", "responseMode": "form_post",
      "userinfo": true},
    "linkedin": {"clientId": "client-1", "clientSecret": "client-secret-0123456789abcdef0123456789"},)";
constexpr std::string_view kDeployed[] = {R"(
    "openid": {"clientId": "client-1", "teamId": "team-1", "keyId": "key-1", "privateKey":
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
      "issuer": "https://openid.example"},
    "evil": {"clientId": "client-1", "issuer": "https://evil.example", "userinfo": true}},
  "supabase": {"url": "https://abc.supabase.co", "key": "anon", "providers": {"bitbucket": {}}}})",
                                          R"(
    "openid": {"clientId": "client-1", "teamId": "team-1", "keyId": "key-1", "privateKey":
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
      "issuer": "https://new.openid.example"},
    "evil": {"clientId": "client-1", "authorizationEndpoint": "https://evil.example/authorize",
      "tokenEndpoint": "https://evil.example/token", "userinfo": true,
      "userinfoEndpoint": "https://evil.example/userinfo"}},
  "supabase": {"url": "https://abc.supabase.co", "key": "anon", "providers": {"bitbucket": {}},
    "flows": "own", "exactRedirectTo": true}})"};

/// Without and with sessions of our own.
constexpr std::string_view kSessions[] = {"", R"("session": {"maxAge": 1200, "idle": 600},)"};

}  // namespace

SignIn* World::find_by_verifier(std::string_view code_verifier) {
  for (SignIn& sign_in : sign_ins)
    if (sign_in.code_verifier == code_verifier) return &sign_in;
  return nullptr;
}

SignIn* World::find_by_sent_state(std::string_view state) {
  for (SignIn& sign_in : sign_ins)
    if (sign_in.sent_state == state) return &sign_in;
  return nullptr;
}

const SignIn* World::find_by_verifier(std::string_view code_verifier) const {
  for (const SignIn& sign_in : sign_ins)
    if (sign_in.code_verifier == code_verifier) return &sign_in;
  return nullptr;
}

const Grant* World::find_grant(std::string_view code) const {
  for (const Grant& grant : grants)
    if (grant.code == code) return &grant;
  return nullptr;
}

const Grant* World::find_by_token(std::string_view access_token) const {
  for (const Grant& grant : grants)
    if (grant.token("access") == access_token) return &grant;
  return nullptr;
}

std::vector<const SignIn*> World::known() const {
  std::vector<const SignIn*> out;
  for (const SignIn& sign_in : sign_ins)
    if (sign_in.is_known()) out.push_back(&sign_in);
  return out;
}

bool World::has_secret(std::string_view text) const {
  const auto has = [text](std::string_view secret) { return text.find(secret) != std::string_view::npos; };
  if (has(kClientSecret) || has(kPrivateKey) || has(kSignedSecret) || has(kTokenHash) || has(kOtherTokens[0]) ||
      has(kOtherTokens[1]))
    return true;
  for (const Grant& grant : grants)
    if (has(grant.code)) return true;
  for (const SignIn& sign_in : sign_ins)
    if (has(sign_in.code_verifier) || has(sign_in.cookie.substr(sign_in.cookie.find('=') + 1))) return true;
  return false;
}

StepCase ask(const World& world, std::size_t host, Operation operation, const std::vector<std::string>& fields) {
  constexpr std::size_t kDeployments = std::size(kDeployed);
  constexpr std::size_t kPlaced = std::size(kPlaces) * kDeployments;
  static Core cores[std::size(kSessions) * kPlaced];
  static const bool is_configured = [] {
    bool is_ready = true;
    for (std::size_t i = 0; i < std::size(cores); ++i) {
      Memory memory;
      const MemoryScope scope(memory);
      MessageBuilder config;
      const std::string json = std::string(kPlaces[i % kPlaced / kDeployments])
                                   .append(kSessions[i / kPlaced])
                                   .append(kConfig)
                                   .append(kDeployed[i % kDeployments]);
      config.add(std::string_view(json));
      const auto ready = Message::parse(cores[i].handle(Operation::configure, config.build()));
      is_ready &= ready && (*ready)[0] == std::to_string(static_cast<int>(StepKind::ready));
    }
    return is_ready;
  }();
  CHECK(is_configured);
  const std::size_t place = (world.has_preview ? 1 + host : 0) * kDeployments + world.app;
  Core& core = cores[(world.has_sessions ? kPlaced : 0) + place];
  Memory memory;
  const MemoryScope scope(memory);
  MessageBuilder message;
  for (const std::string& field : fields) message.add(std::string_view(field));
  const auto answer = Message::parse(core.handle(operation, message.build()));
  CHECK(answer && (answer->size() > 0 || operation == Operation::serve));
  StepCase step;
  for (std::size_t i = 0; i < answer->size(); ++i) {
    step.fields.emplace_back((*answer)[i]);
    for (const char c : step.fields.back()) CHECK(static_cast<unsigned char>(c) < 0x80);
  }
  for (std::size_t i = first_header(step); i != 0 && i < step.fields.size(); ++i)
    CHECK(is_printable_ascii(step.fields[i]));
  const auto arrow = stages::arrow_of(operation, fields, step);
  CHECK(!arrow || stages::listed().contains(*arrow));
  return step;
}

std::size_t first_header(const StepCase& step) {
  if (step.fields.empty()) return 0;
  switch (step.kind()) {
    case StepKind::respond:
      return respond_field::header_0;
    case StepKind::fetch:
      return fetch_field::header_0;
    default:
      return 0;
  }
}

std::string query_of(std::string_view url) {
  const std::size_t query = url.find('?');
  return query == std::string_view::npos
             ? ""
             : std::string(url.substr(query + 1).substr(0, url.substr(query + 1).find('#')));
}

std::string parameter_of(std::string_view form, std::string_view name) {
  Memory memory;
  const MemoryScope scope(memory);
  return std::string(read_form_field(form, name).view());
}

std::string json_member(std::string_view json, std::string_view name) {
  const std::string start = "\"" + std::string(name) + "\":\"";
  const std::size_t at = json.find(start);
  if (at == std::string_view::npos) return {};
  const std::string_view value = json.substr(at + start.size());
  return std::string(value.substr(0, value.find('"')));
}

std::string form_encoded(std::string_view text) {
  Memory memory;
  const MemoryScope scope(memory);
  Text out;
  append_form_encoded(out, text);
  return std::string(out.view());
}

}  // namespace landfall::fuzz
