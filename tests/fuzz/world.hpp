#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core_message.hpp"
#include "flow/serve.hpp"
#include "input.hpp"
#include "jar.hpp"

/// The world of the journey target: an app, its providers, and the browsers of a person and of an attacker.
namespace landfall::fuzz {

inline constexpr std::string_view kHosts[] = {"app.example", "www.app.example"};
/// With a preview, the second host is one, with a secret of its own. Providers know only the first, the fixed origin,
/// which passes responses on to the second alone.
inline constexpr std::size_t kFixed = 0;
inline constexpr std::size_t kPreview = 1;
inline constexpr std::string_view kClientSecret = "client-secret-0123456789abcdef0123456789";
/// With it the app signs its client secrets for `openid`.
inline constexpr std::string_view kPrivateKey =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g";
/// What each of them begins with: {"alg":"ES256","kid":"key-1"}.
inline constexpr std::string_view kSignedSecret = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImtleS0xIn0.";
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
  /// The app signs its client secret.
  bool signs = false;
  /// The app has a client secret for it.
  bool has_secret = false;
  /// Its row in providers.def says that it takes no code_verifier and no nonce. Then only `state`, the path and the
  /// cookie tie a response to its sign-in.
  bool is_bare = false;
  bool is_supabase = false;
  bool is_evil = false;

  /// The same one, also after the app was deployed anew.
  bool operator==(const Provider& other) const {
    return name == other.name && origin == other.origin && openid == other.openid;
  }
  /// Where it sends the browser back to: no two have one address.
  [[nodiscard]] std::string callback() const {
    return is_supabase ? "/auth/callback" : "/auth/callback/" + std::string(name);
  }
  /// Empty for one without.
  [[nodiscard]] std::string issuer() const { return std::string(openid ? origin : ""); }
  [[nodiscard]] std::string authorization_endpoint() const {
    return std::string(origin) + (is_supabase ? "/auth/v1/authorize" : is_bare ? "/v2/authorization" : "/authorize");
  }
  [[nodiscard]] std::string token_endpoint() const {
    return std::string(origin) + (is_supabase ? "/auth/v1/token?grant_type=pkce"
                                  : is_bare   ? "/v2/accessToken"
                                              : "/token");
  }
  [[nodiscard]] std::string revocation_endpoint() const {
    return std::string(origin) + (is_bare ? "/v2/revoke" : "/revoke");
  }
  [[nodiscard]] std::string jwks_uri() const { return std::string(origin) + (is_bare ? "/openid/jwks" : "/jwks"); }
  [[nodiscard]] std::string userinfo_endpoint() const {
    return is_bare ? "https://api.linkedin.com/v2/userinfo" : std::string(origin) + "/userinfo";
  }
};

/// LinkedIn by name: its row has all addresses.
inline constexpr Provider kLinkedIn{.name = "linkedin",
                                    .origin = "https://www.linkedin.com/oauth",
                                    .openid = true,
                                    .has_secret = true,
                                    .is_bare = true};

/// Six of them: four that are honest, one that is not, and Supabase.
using Providers = std::array<Provider, 6>;

/// The app before and after it is deployed anew, with the same secret. In the second one `openid` has another issuer,
/// the evil one has none, and Supabase allows only exact addresses and only the app's own flows.
inline constexpr Providers kApps[] = {
    Providers{
        Provider{.name = "plain", .origin = "https://plain.example", .has_secret = true},
        Provider{
            .name = "openid", .origin = "https://openid.example", .promises_iss = true, .openid = true, .signs = true},
        Provider{.name = "posted", .origin = "https://posted.example", .form_post = true, .openid = true},
        Provider{.name = "evil", .origin = "https://evil.example", .openid = true, .is_evil = true},
        Provider{.name = "bitbucket", .origin = "https://abc.supabase.co", .is_supabase = true},
        kLinkedIn,
    },
    Providers{
        Provider{.name = "plain", .origin = "https://plain.example", .has_secret = true},
        Provider{.name = "openid",
                 .origin = "https://new.openid.example",
                 .promises_iss = true,
                 .openid = true,
                 .signs = true},
        Provider{.name = "posted", .origin = "https://posted.example", .form_post = true, .openid = true},
        Provider{.name = "evil", .origin = "https://evil.example", .is_evil = true},
        Provider{.name = "bitbucket", .origin = "https://abc.supabase.co", .is_supabase = true},
        kLinkedIn,
    }};

/// What a provider issues to a person who came to its authorization endpoint in a browser. Person and browser have one
/// number: 0 is the victim, 1 the attacker.
struct Grant {
  const Provider* provider;
  std::size_t person;
  std::string code;
  /// What the authorization request said, whoever wrote it.
  std::string nonce;
  std::string code_challenge;
  std::string redirect_uri;
  /// The victim consented to a request that the attacker wrote, or at a provider without PKCE: the code goes where the
  /// provider sends it, and the attacker never sees it.
  bool is_unseen = false;
  bool is_used = false;

  [[nodiscard]] std::string token(std::string_view kind) const { return std::string(kind) + "-token-of-" + code; }
};

/// Whom honest providers know by which `sub`.
inline std::string person_name(std::size_t person) { return "user-" + std::to_string(person); }

/// A sign-in that the core has started.
struct SignIn {
  const Provider* provider;
  std::size_t browser;
  std::size_t host;
  std::int64_t created;
  std::string state;
  /// As its provider got it: with a preview, it names the host that waits.
  std::string sent_state;
  std::string nonce;
  std::string code_challenge;
  std::string code_verifier;
  std::string redirect_uri;
  /// name=value of the transaction's cookie.
  std::string cookie;
  /// What its provider gives to the person who comes there in the browser of the sign-in.
  std::string code;
  bool is_finished = false;

  /// Whether the attacker knows what is in the authorization request: it is its own, or it goes to the evil provider.
  [[nodiscard]] bool is_known() const { return browser == 1 || provider->is_evil; }
};

/// The limits of a session of our own, in seconds.
inline constexpr std::int64_t kSessionMaxAge = 1200;
inline constexpr std::int64_t kSessionIdle = 600;

/// A session of our own that began.
struct KeptSession {
  std::size_t browser;
  std::size_t host;
  std::int64_t created;
  /// When its cookie was set last.
  std::int64_t set;
  /// Nobody knows whose: the provider is evil, or its words were somebody else's.
  bool is_open = false;
};

struct World {
  /// Which of kApps is deployed.
  std::size_t app = 0;
  /// The second host is a preview.
  bool has_preview = false;
  /// The app keeps sessions of our own.
  bool has_sessions = false;
  std::int64_t now = 1'768'478'400;
  std::vector<SignIn> sign_ins;
  std::vector<Grant> grants;
  std::vector<KeptSession> sessions;
  /// Of the victim's browser and of the attacker's own.
  Jar jars[2];
  /// Somebody changed cookies at will: Supabase's have no seal, so nothing is promised about their verifiers from here.
  bool has_written_cookies = false;
  /// A sibling sub-domain set cookies in the victim's browser.
  bool has_sibling_cookies = false;

  [[nodiscard]] const Providers& providers() const { return kApps[app]; }
  [[nodiscard]] bool takes_own_flows_alone() const { return app == 1; }
  /// SECURITY.md: with foreign cookies, only `flows: 'own'` says whose Supabase's sign-in is.
  [[nodiscard]] bool is_supabase_open() const {
    return has_written_cookies || (has_sibling_cookies && !takes_own_flows_alone());
  }
  /// The sign-in of a code_verifier, or null.
  SignIn* find_by_verifier(std::string_view code_verifier);
  /// The sign-in of a state as a provider got it, or null.
  SignIn* find_by_sent_state(std::string_view state);
  [[nodiscard]] const SignIn* find_by_verifier(std::string_view code_verifier) const;
  [[nodiscard]] const Grant* find_grant(std::string_view code) const;
  /// The grant of an access token, or null.
  [[nodiscard]] const Grant* find_by_token(std::string_view access_token) const;
  /// The sign-ins whose authorization request the attacker knows.
  [[nodiscard]] std::vector<const SignIn*> known() const;
  /// Whether a text holds anything that no log, page or address may show.
  [[nodiscard]] bool has_secret(std::string_view text) const;
};

/// Asks the core of the deployed app, and checks what holds of every answer: ASCII, printable headers. It has no
/// field where the path of a request is none of ours.
/// @param host which of kHosts is asked.
StepCase ask(const World& world, std::size_t host, Operation operation, const std::vector<std::string>& fields);

/// Where the pairs of headers begin in an answer; 0 for one without.
std::size_t first_header(const StepCase& step);

/// The query of a URL.
std::string query_of(std::string_view url);

/// A parameter of a query or a form, decoded; empty when it is there twice.
std::string parameter_of(std::string_view form, std::string_view name);

/// A text member of JSON that holds no escapes; empty when there is none.
std::string json_member(std::string_view json, std::string_view name);

/// A text with what a URL or a form encodes.
std::string form_encoded(std::string_view text);

}  // namespace landfall::fuzz
