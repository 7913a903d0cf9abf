#include <map>

#include "base/ascii.hpp"
#include "json/compact.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/supabase/verifiers.hpp"
#include "vectors.hpp"
#include "web/cookie.hpp"

namespace landfall::supabase {
namespace {

using vectors::bytes;
using vectors::bytes_or_empty;
using vectors::Json;

constexpr std::int64_t kNow = 1'768'478'400;

SameSite same_site_of(const std::string& name) {
  if (name == "strict") return SameSite::strict;
  return name == "none" ? SameSite::none : SameSite::lax;
}

/// A case's project; `texts` keeps what it points to.
Project project_of(const Json& in, std::map<std::string, std::string>& texts) {
  const Json options = in.value("project", Json::object());
  for (const char* name : {"cookie_name", "path", "domain"}) texts[name] = bytes_or_empty(options, name);
  Project project;
  project.cookie_name = texts["cookie_name"].empty() ? "sb-127-auth-token" : std::string_view(texts["cookie_name"]);
  if (!texts["path"].empty()) project.cookie_path = texts["path"];
  project.cookie_domain = texts["domain"];
  project.same_site = same_site_of(options.value("same_site", "lax"));
  project.secure = options.value("secure", true);
  project.http_only = options.value("http_only", false);
  project.tokens_only = options.value("tokens_only", false);
  return project;
}

bool is_removal(std::string_view line) { return line.find("; Max-Age=0;") != std::string_view::npos; }

void expect_lines(const CookieWriter& writer, const Json& wanted) {
  List<std::string_view> lines;
  writer.append_to(lines);
  ASSERT_EQ(lines.size(), wanted.size());
  bool has_set = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(std::string(lines[i]), bytes(wanted.at(i)));
    EXPECT_TRUE(is_printable_ascii(lines[i]));
    has_set |= !is_removal(lines[i]);
    EXPECT_FALSE(has_set && is_removal(lines[i])) << "a removal behind what is set: " << lines[i];
  }
}

/// The Cookie header of a browser that had one and has followed Set-Cookie lines.
std::string follow(const std::string& header, const CookieWriter& writer) {
  std::map<std::string, std::string> jar;
  CookieFields fields(header, {});
  Cookie cookie;
  while (fields.read(cookie)) jar.try_emplace(std::string(cookie.name), cookie.value);
  List<std::string_view> lines;
  writer.append_to(lines);
  for (const std::string_view line : lines) {
    const std::string name(line.substr(0, line.find('=')));
    if (is_removal(line))
      jar.erase(name);
    else
      jar[name] = std::string(line.substr(name.size() + 1, line.find(';') - name.size() - 1));
  }
  std::string out;
  for (const auto& [name, value] : jar) out += (out.empty() ? "" : "; ") + name + "=" + value;
  return out;
}

void expect_read_back(const Project& project, const std::string& header, const CookieWriter& writer,
                      std::string_view json) {
  const std::string after = follow(header, writer);
  const auto text = read_session(ProjectCookies(after, project.cookie_name));
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, json);
  List<std::string_view> lines;
  writer.append_to(lines);
  EXPECT_EQ(estimate_cookie_header(header, lines), after.size() + 2) << "each pair counts with its `; `";
}

void run_read(const Json& c) {
  const std::string header = bytes(c.at("read").at("cookie"));
  const ProjectCookies cookies(header, "sb-127-auth-token");
  const auto text = read_session(cookies);
  if (c.contains("text")) {
    ASSERT_EQ(text.has_value(), !c.at("text").is_null()) << (text ? *text : Text());
    if (text) EXPECT_EQ(*text, bytes(c.at("text")));
  }
  EXPECT_EQ(text && parse_session(*text) != nullptr, c.at("session").get<bool>());
}

void run_exchange(const Json& c) {
  const Json& in = c.at("exchange");
  std::map<std::string, std::string> texts;
  const Project project = project_of(in, texts);
  const std::string header = bytes(in.at("cookie"));
  const std::string body = bytes(in.at("body"));
  const std::string code_verifier = bytes(in.at("code_verifier"));
  ProviderError refusal;
  const auto session =
      parse_session_response({.status = 200, .content_type = "application/json", .body = body}, refusal);
  ASSERT_TRUE(session);
  const ProjectCookies cookies(header, project.cookie_name);
  CookieWriter writer(project, in.at("https").get<bool>());
  end_verifier(writer, cookies, code_verifier);
  const Text json =
      complete_session(*session, compact_json(body, project.tokens_only ? std::string_view("user") : ""), kNow);
  write_session(writer, cookies, json);
  expect_lines(writer, c.at("set_cookies"));
  expect_read_back(project, header, writer, json);
}

void run_list(const Json& c) {
  const std::string header = bytes(c.at("list").at("cookie"));
  const List<HeldVerifier> held = list_verifiers(ProjectCookies(header, "sb-127-auth-token"));
  ASSERT_EQ(held.size(), c.at("verifiers").size());
  for (std::size_t i = 0; i < held.size(); ++i) {
    const Json& wanted = c.at("verifiers").at(i);
    EXPECT_EQ(std::string(held[i].flow_id), wanted.at("flow_id").get<std::string>());
    EXPECT_EQ(std::string(held[i].verifier.code_verifier), bytes(wanted.at("code_verifier")));
    EXPECT_EQ(held[i].verifier.is_recovery, wanted.at("is_recovery").get<bool>());
  }
}

/// start, end, write and clear: cookies in, Set-Cookie lines out.
void run_lines(const Json& c, const std::string& verb) {
  const Json& in = c.at(verb);
  std::map<std::string, std::string> texts;
  const Project project = project_of(in, texts);
  const std::string header = bytes(in.at("cookie"));
  const std::string flow_id = bytes_or_empty(in, "flow_id");
  const std::string code_verifier = bytes_or_empty(in, "code_verifier");
  const std::string json = bytes_or_empty(in, "json");
  const ProjectCookies cookies(header, project.cookie_name);
  CookieWriter writer(project, in.at("https").get<bool>());
  if (verb == "start") {
    start_verifier(writer, cookies, flow_id, code_verifier);
    const std::string after = follow(header, writer);
    const auto found = find_verifier(ProjectCookies(after, project.cookie_name), flow_id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->code_verifier, code_verifier);
  } else if (verb == "end") {
    end_verifier(writer, cookies, code_verifier);
  } else if (verb == "write") {
    write_session(writer, cookies, json);
    expect_read_back(project, header, writer, json);
  } else {
    clear_session(writer, cookies);
    clear_verifiers(writer, cookies);
    const std::string after = follow(header, writer);
    const ProjectCookies left(after, project.cookie_name);
    for (const ProjectCookie& cookie : left.all()) EXPECT_FALSE(is_session_suffix(cookie.suffix)) << cookie.suffix;
  }
  expect_lines(writer, c.at("set_cookies"));
}

VECTOR_TEST(SupabaseCookies, supabase_cookies) {
  if (c.contains("not_applicable")) return;
  if (c.contains("read")) return run_read(c);
  if (c.contains("list")) return run_list(c);
  if (c.contains("exchange")) return run_exchange(c);
  for (const char* verb : {"start", "end", "write", "clear"})
    if (c.contains(verb)) return run_lines(c, verb);
  FAIL() << "an unknown kind of case";
}

// v01 and v22 are in supabase_storage_key.json and supabase_redirect_to.json.
TEST(SupabaseCookies, EveryRecordedCaseIsThere) {
  std::string ids;
  const Json document = vectors::load("supabase_cookies");
  for (const Json& c : document.at("cases")) ids += " " + c.at("id").get<std::string>();
  for (int i = 2; i <= 21; ++i) {
    const std::string number = (i < 10 ? "0" : "") + std::to_string(i);
    EXPECT_NE(ids.find(" v" + number), std::string::npos) << number;
  }
}

TEST(SupabaseCookies, EveryLengthComesBack) {
  Memory memory;
  const MemoryScope scope(memory);
  Project project;
  project.cookie_name = "sb-a-auth-token";
  std::string header;
  for (std::size_t n = 0; n < 10'000; n += n < 20 ? 1 : 331) {
    const std::string json = "{\"a\":\"" + std::string(n, static_cast<char>('a' + n % 26)) + "\"}";
    const ProjectCookies cookies(header, project.cookie_name);
    CookieWriter writer(project, true);
    write_session(writer, cookies, json);
    expect_read_back(project, header, writer, json);
    header = follow(header, writer);
  }
}

TEST(SupabaseCookies, AFlowIdIs8To64OfItsLetters) {
  for (const std::size_t size : {0u, 7u, 65u}) EXPECT_FALSE(is_flow_id(std::string(size, 'a'))) << size;
  for (const std::size_t size : {8u, 64u}) EXPECT_TRUE(is_flow_id(std::string(size, 'a'))) << size;
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    EXPECT_EQ(is_flow_id(std::string("AZaz09-") + c), is_alnum(c) || c == '-' || c == '_') << i;
  }
}

TEST(SupabaseCookies, AVerifierOfAnotherProjectIsSeen) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string value = "=%22" + std::string(43, 'v') + "%22";
  EXPECT_TRUE(has_foreign_verifier("a=1; sb-b-auth-token-code-verifier" + value, "sb-a-auth-token"));
  EXPECT_FALSE(has_foreign_verifier("sb-a-auth-token-code-verifier" + value, "sb-a-auth-token"));
  EXPECT_FALSE(has_foreign_verifier("sb-b-auth-token" + value, "sb-a-auth-token"));
  EXPECT_FALSE(has_foreign_verifier("xsb-b-auth-token-code-verifier" + value, "sb-a-auth-token"));
  EXPECT_FALSE(has_foreign_verifier("sb-b-auth-token-code-verifier=damaged", "sb-a-auth-token"));
}

}  // namespace
}  // namespace landfall::supabase
