// Text that a browser, a proxy or a provider sends, and what is hostile for each kind of it.
#include <memory>

#include "app.hpp"
#include "base/base64url.hpp"
#include "base/utf8.hpp"
#include "parsers.hpp"
#include "rules/authorization_response.hpp"
#include "rules/next.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/supabase/verifiers.hpp"
#include "rules/transaction.hpp"
#include "rules/transaction_cookies.hpp"
#include "web/cookie.hpp"
#include "web/form.hpp"
#include "web/host.hpp"
#include "web/set_cookie.hpp"
#include "web/url.hpp"

namespace landfall::instructions {
namespace {

constexpr std::string_view kState = "0123456789AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-sxwkn4-abcd";

bool read_cookies(std::string_view text) {
  CookieFields fields(text, "__Host-landfall-");
  Cookie cookie;
  std::size_t found = 0;
  while (fields.read(cookie)) ++found;
  return found > 0;
}

bool read_transactions(std::string_view text) {
  const HmacKey key("0123456789abcdef0123456789abcdef");
  for (const std::string_view sealed : find_transactions(text, true, kState))
    if (const Transaction* transaction = parse_transaction(sealed))
      (void)check_transaction(sealed, *transaction, {}, {&key, 1}, kNow);
  (void)explain_missing_transaction(text, true, kState, "app.example", kNow);
  (void)start_cookies(text, true, false, kState, "sealed");
  (void)end_cookies(text, true, kState, kState);
  return !clear_cookies(text, true).empty();
}

bool read_supabase_cookies(std::string_view text) {
  const supabase::ProjectCookies cookies(text, "sb-abc-auth-token");
  supabase::Project project;
  project.cookie_name = "sb-abc-auth-token";
  supabase::CookieWriter writer(project, true);
  const auto session = supabase::read_session(cookies);
  supabase::write_session(writer, cookies, session ? session->view() : "{}");
  (void)supabase::list_verifiers(cookies);
  (void)supabase::has_foreign_verifier(text, "sb-xyz-auth-token");
  supabase::start_verifier(writer, cookies, kState, "0123456789abcdefghijklmnopqrstuvwxyz-0123456789");
  List<std::string_view> lines;
  writer.append_to(lines);
  return supabase::estimate_cookie_header(text, lines) > 0;
}

bool write_cookie(SetCookie cookie) {
  cookie.max_age_seconds = 600;
  cookie.same_site = SameSite::lax;
  return static_cast<bool>(build_set_cookie(cookie));
}

bool read_form(std::string_view text) {
  FormFields fields(text);
  FormField field;
  std::size_t decoded = 0;
  while (fields.read(field)) decoded += form_decode(field.name).size() + form_decode(field.value).size();
  return !read_form_field(text, "state").empty() || decoded > 0;
}

bool read_origin(Request request) {
  OriginPolicy policy;
  policy.trusted_hosts.push_back("*.app.example");
  request.url = "https://app.example/";
  return static_cast<bool>(resolve_public_origin(policy, request));
}

/// A message with a field for each byte.
bool read_fields(std::string_view text) {
  MessageBuilder message;
  for (std::size_t i = 0; i < text.size(); ++i) message.add(text.substr(i, 1));
  const auto read = Message::parse(message.build());
  return read && read->size() == text.size();
}

/// A callback as a whole, with the text as one part of the request.
bool call_back(App& app, std::string_view url, RequestHeader header, std::string_view value) {
  return header_of(app.handle(Operation::serve, App::request(url, {{header, value}})), "location").empty();
}

const std::vector<Shape> kTransactionShapes{{"empty", "", "__Host-landfall-=; "},
                                            {"one tag", "", "__Host-landfall-0123456789=x; "},
                                            {"sealed", "", "__Host-landfall-0123456789=.....; "},
                                            {"long", "__Host-landfall-0123456789=", ".a"},
                                            {"finished", "__Host-landfall-done=", "0123456789."}};

const std::vector<Shape> kCookieShapes{{"separators", "", ";"},
                                       {"commas", "", ", "},
                                       {"one run", "a=", "a"},
                                       {"blanks", "", " "},
                                       {"many", "", "__Host-landfall-0123456789=x; "},
                                       {"almost ours", "", "__Host-landfall; "},
                                       {"prefix alone", "", "__Host-landfall-"},
                                       {"names without a value", "", "a; "},
                                       {"percent signs", "a=", "%2"}};

const std::vector<Shape> kSupabaseShapes{
    {"one session", "sb-abc-auth-token=base64-", "ICAg", "e30"},
    {"damaged session", "sb-abc-auth-token=base64-", "ICAg", "!"},
    {"padding", "sb-abc-auth-token=base64-", "ICAg=", "e30"},
    {"percent signs", "sb-abc-auth-token=", "%25"},
    {"half escapes", "sb-abc-auth-token=", "%2"},
    {"length", "sb-abc-auth-token=base64l-", "9"},
    {"the same chunk", "", "sb-abc-auth-token.0=a; "},
    {"long chunk", "sb-abc-auth-token.0=a; sb-abc-auth-token.1=", "b"},
    {"long names", "sb-abc-auth-token", ".0"},
    {"index", "sb-abc-auth-token-flows-code-verifier=[", "%22flow-0123%22%2C", "]"},
    {"verifier", "sb-abc-auth-token-code-verifier=%22", "0123456789/", "%22"},
    {"slots", "", "sb-abc-auth-token-flow-01234567-code-verifier=a; "},
    {"foreign verifiers", "", "sb-a-code-verifier=base64-e30; "}};

const std::vector<Shape> kFormShapes{{"separators", "", "&"},          {"equals signs", "", "="},
                                     {"empty fields", "", "a=&"},      {"one name", "", "a"},
                                     {"one value", "code=", "a"},      {"pluses", "state=", "+"},
                                     {"percent signs", "state=", "%"}, {"escapes", "state=", "%41"},
                                     {"escaped names", "", "%63ode%"}, {"almost names", "", "error_descriptio=x&"},
                                     {"duplicates", "", "state=x&"},   {"unknown duplicates", "", "scope=x&"}};

const std::vector<Shape> kHostShapes{
    {"one label", "", "a"},  {"labels", "", "a."},  {"dots", "", "."},           {"hyphens", "", "-"},
    {"capitals", "", "A."},  {"numbers", "", "1."}, {"digits", "127.0.0.", "0"}, {"colons", "", ":"},
    {"port", "a:", "1"},     {"brackets", "", "["}, {"IPv6", "[", "0:"},         {"closed IPv6", "[", "0", "]"},
    {"gaps", "[", "::", "]"}};

const std::vector<Shape> kListShapes{{"commas", "", ","},
                                     {"semicolons", "", ";"},
                                     {"blanks", "", " "},
                                     {"quotes", "host=\"", "a"},
                                     {"escapes", "host=\"", "\\\"", "\""},
                                     {"parameters", "", "for=a;"},
                                     {"hosts", "", "host=a;"},
                                     {"elements", "", "host=a.app.example,"},
                                     {"one host", "host=", "a."}};

const std::vector<Shape> kUrlShapes{{"slashes", "https://app.example", "/"},
                                    {"one segment", "https://app.example/", "a"},
                                    {"host", "https://", "a."},
                                    {"user names", "https://", "a@"},
                                    {"question marks", "https://app.example/", "?"},
                                    {"number signs", "https://app.example/", "#"},
                                    {"escapes", "https://app.example/", "%41"},
                                    {"half escapes", "https://app.example/", "%4"},
                                    {"scheme", "", "h"},
                                    {"colons", "", ":"},
                                    {"port", "https://app.example:", "1"}};

const std::vector<Shape> kNextShapes{{"slashes", "/x", "/"},
                                     {"one segment", "/", "a"},
                                     {"segments", "/x", "/a"},
                                     {"dots", "/x", "."},
                                     {"dot segments", "/x", "/."},
                                     {"escaped dots", "/x/", "%2e"},
                                     {"escaped slashes", "/x", "%2F"},
                                     {"escaped climbs", "/x", "%2F.."},
                                     {"escaped twice", "/x", "/%252e%252e"},
                                     {"question marks", "/x", "?"},
                                     {"number signs", "/x", "#"},
                                     {"blanks", "/x", " ", "x"},
                                     {"characters", "/x", "\u00e9"},
                                     {"percent signs", "/x", "%"},
                                     {"backslashes", "/x?", "\\"},
                                     {"origins", "https://app.example/", "https://app.example/"}};

const std::vector<Shape> kByteShapes{
    {"letters", "", "a"},          {"two bytes", "", "\u00e9"},   {"four bytes", "", "\U0001F4DA"},
    {"cut short", "", "\xF0\x9F"}, {"continuations", "", "\x80"}, {"quotes", "", "\""},
    {"last byte", "", "a", "\xFF"}};

}  // namespace

std::vector<Parser> text_parsers() {
  // Made before anything is counted: it stays.
  const auto app = std::make_shared<App>();
  const auto is_written = [](const Text& text) { return !text.empty(); };
  return {
      {"Cookie", 0, read_cookies, kCookieShapes},
      {"transaction cookies", 0, read_transactions, kTransactionShapes},
      {"Supabase cookies", 0, read_supabase_cookies, kSupabaseShapes},
      {"Set-Cookie value", kMaxCookieBytes,
       [](std::string_view text) { return write_cookie({.name = "a", .value = text}); }, kByteShapes},
      {"Set-Cookie name", kMaxCookieBytes,
       [](std::string_view text) { return write_cookie({.name = text, .value = "a"}); }, kByteShapes},
      {"Set-Cookie path", kMaxCookieAttributeBytes,
       [](std::string_view text) { return write_cookie({.name = "a", .value = "a", .path = text}); }, kUrlShapes},
      {"form", 0, read_form, kFormShapes},
      {"authorization response", kMaxUrlBytes,
       [](std::string_view text) { return static_cast<bool>(parse_authorization_response(text)); }, kFormShapes},
      {"URL", kMaxUrlBytes, [](std::string_view text) { return static_cast<bool>(parse_url(text)); }, kUrlShapes},
      {"URL of a request", 0, [](std::string_view text) { return !parse_request_url(text).path.empty(); }, kUrlShapes},
      {"host", kMaxHostNameBytes, [](std::string_view text) { return static_cast<bool>(parse_host(text)); },
       kHostShapes},
      {"host pattern", kMaxHostNameBytes, is_host_pattern, kHostShapes},
      {"X-Forwarded-Host", kMaxHostNameBytes,
       [](std::string_view text) { return read_origin({.x_forwarded_host = text}); }, kHostShapes},
      {"Forwarded", 0, [](std::string_view text) { return read_origin({.forwarded = text}); }, kListShapes},
      {"next", kMaxNextBytes,
       [](std::string_view text) {
         Text encoded;
         return check_next(text, "https://app.example", encoded) != NextVerdict::refused;
       },
       kNextShapes},
      {"base64url", 0, [](std::string_view text) { return parse_base64url(text).has_value(); }, kByteShapes},
      {"written base64url", 0, [=](std::string_view text) { return is_written(base64url(text)); }, kByteShapes},
      {"UTF-8", 0, is_utf8, kByteShapes},
      {"ASCII JSON", 0, [=](std::string_view text) { return is_written(to_ascii_json(text)); }, kByteShapes},
      {"message", 0, [](std::string_view text) { return Message::parse(text).has_value(); }, kByteShapes},
      {"message fields", 0, read_fields, {{"letters", "", "a"}}},
      {"callback URL", 0, [app](std::string_view text) { return call_back(*app, text, RequestHeader::cookie, {}); },
       kUrlShapes},
      {"callback query", 0,
       [app](std::string_view text) {
         return call_back(*app, concat("https://app.example/auth/callback/work?", text), RequestHeader::cookie, {});
       },
       kFormShapes},
      {"callback Cookie", 0,
       [app](std::string_view text) {
         return call_back(*app, concat("https://app.example/auth/callback/work?code=c&state=", kState),
                          RequestHeader::cookie, text);
       },
       kCookieShapes},
      {"callback Forwarded", 0,
       [app](std::string_view text) {
         return call_back(*app, "/auth/callback/work?code=c", RequestHeader::forwarded, text);
       },
       kListShapes},
  };
}

}  // namespace landfall::instructions
