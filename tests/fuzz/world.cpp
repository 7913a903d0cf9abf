// An app with one configuration, and browsers that obey.
#include "world.hpp"

#include "base/ascii.hpp"
#include "base/memory.hpp"
#include "codec/core.hpp"
#include "stages.hpp"
#include "web/form.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::string_view kConfig = R"({
  "origin": {"trustedHosts": ["app.example", "www.app.example"]},
  "secret": "0123456789abcdef0123456789abcdef",
  "onSession": true,
  "onSignOut": true,
  "providers": {
    "plain": {"clientId": "client-1", "clientSecret": "client-secret-0123456789abcdef0123456789",
      "authorizationEndpoint": "https://plain.example/authorize", "tokenEndpoint": "https://plain.example/token",
      "userinfo": true, "userinfoEndpoint": "https://plain.example/userinfo"},
    "openid": {"clientId": "client-1", "clientSecret": "client-secret-0123456789abcdef0123456789",
      "issuer": "https://openid.example"},
    "posted": {"clientId": "client-1", "issuer": "https://posted.example", "responseMode": "form_post",
      "userinfo": true}},
  "supabase": {"url": "https://abc.supabase.co", "key": "anon", "providers": {"bitbucket": {}}}})";

}  // namespace

void Jar::follow(std::string_view set_cookie) {
  const std::size_t equals = set_cookie.find('=');
  const std::string name(set_cookie.substr(0, equals));
  if (set_cookie.find("; Max-Age=0;") != std::string_view::npos)
    cookies_.erase(name);
  else
    cookies_[name] = set_cookie.substr(equals + 1, set_cookie.find(';') - equals - 1);
}

bool Jar::tamper(std::size_t which, std::size_t at, char flip) {
  if (cookies_.empty() || flip == 0) return false;
  std::string& value = std::next(cookies_.begin(), static_cast<std::ptrdiff_t>(which % cookies_.size()))->second;
  if (value.empty()) return false;
  value[at % value.size()] ^= flip;
  return true;
}

std::vector<std::string> Jar::list() const {
  std::vector<std::string> out = tossed_;
  for (const auto& [name, value] : cookies_) out.push_back(name + "=" + value);
  return out;
}

std::string Jar::header() const {
  std::string out;
  for (const std::string& cookie : list()) out += (out.empty() ? "" : "; ") + cookie;
  return out;
}

bool Jar::holds(const std::string& cookie) const {
  const auto all = list();
  return std::find(all.begin(), all.end(), cookie) != all.end();
}

SignIn* World::find_by_verifier(std::string_view code_verifier) {
  for (SignIn& sign_in : sign_ins)
    if (sign_in.code_verifier == code_verifier) return &sign_in;
  return nullptr;
}

const SignIn* World::find_by_code(std::string_view code) const {
  for (const SignIn& sign_in : sign_ins)
    if (sign_in.code == code) return &sign_in;
  return nullptr;
}

bool World::has_secret(std::string_view text) const {
  const auto has = [text](std::string_view secret) { return text.find(secret) != std::string_view::npos; };
  if (has(kClientSecret) || has(kTokenHash) || has(kOtherTokens[0]) || has(kOtherTokens[1])) return true;
  for (const SignIn& sign_in : sign_ins)
    if (has(sign_in.code) || has(sign_in.code_verifier) || has(sign_in.cookie.substr(sign_in.cookie.find('=') + 1)))
      return true;
  return false;
}

StepCase ask(Operation operation, const std::vector<std::string>& fields) {
  static Core core;
  static const bool is_configured = [] {
    Memory memory;
    const MemoryScope scope(memory);
    MessageBuilder config;
    config.add(kConfig);
    const auto ready = Message::parse(core.handle(Operation::configure, config.build()));
    return ready && (*ready)[0] == std::to_string(static_cast<int>(StepKind::ready));
  }();
  CHECK(is_configured);
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

}  // namespace landfall::fuzz
