#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core_message.hpp"
#include "flow/serve.hpp"
#include "input.hpp"

/// The world of the journey target: an app, its providers, and the browsers of a person and of an attacker.
namespace landfall::fuzz {

inline constexpr std::string_view kHosts[] = {"app.example", "www.app.example"};
inline constexpr std::string_view kClientSecret = "client-secret-0123456789abcdef0123456789";
inline constexpr std::string_view kTokenHash = "token-hash-0123456789abcdef0123456789";
/// The tokens that are of no sign-in: an e-mail link's, a refreshed session's.
inline constexpr std::string_view kOtherTokens[] = {"access-token-0123456789abcdef0123456789",
                                                    "refresh-token-0123456789abcdef0123456789"};
inline constexpr std::string_view kSessionCookie = "sb-abc-auth-token";

/// A provider as the app's configuration has it.
struct Provider {
  std::string_view name;
  std::string_view origin;
  /// Its answer to the authorization request carries `iss`, and it promises so.
  bool promises_iss = false;
  bool form_post = false;
  bool openid = false;
  bool is_supabase = false;

  /// Where it sends the browser back to: no two have one address.
  [[nodiscard]] std::string callback() const {
    return is_supabase ? "/auth/callback" : "/auth/callback/" + std::string(name);
  }
  /// Empty for one without.
  [[nodiscard]] std::string issuer() const { return std::string(openid ? origin : ""); }
  [[nodiscard]] std::string authorization_endpoint() const {
    return std::string(origin) + (is_supabase ? "/auth/v1/authorize" : "/authorize");
  }
  [[nodiscard]] std::string token_endpoint() const {
    return std::string(origin) + (is_supabase ? "/auth/v1/token?grant_type=pkce" : "/token");
  }
};

inline constexpr Provider kProviders[] = {
    {.name = "plain", .origin = "https://plain.example"},
    {.name = "openid", .origin = "https://openid.example", .promises_iss = true, .openid = true},
    {.name = "posted", .origin = "https://posted.example", .form_post = true, .openid = true},
    {.name = "bitbucket", .origin = "https://abc.supabase.co", .is_supabase = true},
};

/// A sign-in that the core has started.
struct SignIn {
  const Provider* provider;
  std::size_t browser;
  std::size_t host;
  std::int64_t created;
  std::string state;
  std::string nonce;
  std::string code_challenge;
  std::string code_verifier;
  std::string redirect_uri;
  /// name=value of the transaction's cookie.
  std::string cookie;
  /// What its provider gives to whoever comes to the authorization endpoint.
  std::string code;
  bool is_finished = false;

  [[nodiscard]] std::string token(std::string_view kind) const { return std::string(kind) + "-token-of-" + code; }
};

/// The cookies that one browser has for one host. It obeys every Set-Cookie.
class Jar {
 public:
  void follow(std::string_view set_cookie);
  /// Somebody on a neighbouring host, or at the wire, writes a cookie: it comes before the app's own of that name.
  void toss(std::string cookie) { tossed_.push_back(std::move(cookie)); }
  /// Changes a byte of a cookie; false when there is none.
  bool tamper(std::size_t which, std::size_t at, char flip);

  [[nodiscard]] std::string header() const;
  [[nodiscard]] bool holds(const std::string& cookie) const;
  /// name=value of every cookie.
  [[nodiscard]] std::vector<std::string> list() const;

 private:
  std::map<std::string, std::string> cookies_;
  std::vector<std::string> tossed_;
};

struct World {
  std::int64_t now = 1'768'478'400;
  std::vector<SignIn> sign_ins;
  Jar jars[2][std::size(kHosts)];
  /// Somebody wrote cookies: Supabase's have no seal, so nothing is promised about their verifiers from here on.
  bool has_written_cookies = false;

  /// The sign-in of a code_verifier, or null.
  SignIn* find_by_verifier(std::string_view code_verifier);
  const SignIn* find_by_code(std::string_view code) const;
  /// Whether a text holds anything that no log, page or address may show.
  [[nodiscard]] bool has_secret(std::string_view text) const;
};

/// Asks the core of the one configuration, and checks what holds of every answer: ASCII, printable headers. It has no
/// field where the path of a request is none of ours.
StepCase ask(Operation operation, const std::vector<std::string>& fields);

/// Where the pairs of headers begin in an answer; 0 for one without.
std::size_t first_header(const StepCase& step);

/// The query of a URL.
std::string query_of(std::string_view url);

/// A parameter of a query or a form, decoded; empty when it is there twice.
std::string parameter_of(std::string_view form, std::string_view name);

/// A text member of JSON that holds no escapes; empty when there is none.
std::string json_member(std::string_view json, std::string_view name);

/// What an answer from outside is.
struct Reply {
  std::string status = "200";
  std::string failure;
  std::string content_type = "application/json";
  std::string body;
  /// Nobody may be signed in after this one.
  bool is_refusal = false;
};

/// What the world answers to a FETCH or a VERIFY: mostly what is right, now and then anything.
Reply reply_to(const World& world, const StepCase& step, Input& input);

}  // namespace landfall::fuzz
