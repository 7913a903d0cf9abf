#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "codec/step_message.hpp"
#include "core_case.hpp"
#include "flow/supabase/stored_session.hpp"
#include "vectors.hpp"
#include "web/form.hpp"

/// One browser at one app with Supabase: it keeps its cookies, and the core sees it as JavaScript would show it.
namespace landfall {

inline constexpr std::int64_t kSupabaseNow = 1'768'478'400;
inline constexpr std::string_view kKey = "sb-abc-auth-token";
inline constexpr std::string_view kApi = "https://abc.supabase.co/auth/v1";
inline constexpr std::string_view kCode = "00000000-0000-4000-8000-000000000001";
inline constexpr std::string_view kSessionJson =
    R"({"access_token":"at","token_type":"bearer","expires_in":3600,"expires_at":1768482000,"refresh_token":"rt",)"
    R"("user":{"id":"u","name":"Zo)"
    "\xC3\xAB\"}}";

/// A text as @supabase/ssr keeps it.
inline std::string as_cookie(std::string_view text) {
  Memory memory;
  const MemoryScope scope(memory);
  return "base64-" + std::string(base64url(text).view());
}

/// A parameter of a URL or of a form, decoded.
inline std::string parameter_of(std::string_view url, std::string_view name) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::size_t query = url.find('?');
  const std::string_view form = query == std::string_view::npos ? url : url.substr(query + 1);
  return std::string(read_form_field(form.substr(0, form.find('#')), name).view());
}

inline constexpr std::string_view kBadVerifier =
    R"({"code":"bad_code_verifier","message":"code challenge does not match"})";

inline std::string verifier(char c) { return std::string(112, c); }

inline std::string with_code(const std::string& more = {}) { return "code=" + std::string(kCode) + more; }

class SupabaseCase : public testing::Test {
 protected:
  using Json = vectors::Json;

  void configure(const Json& supabase = Json::object(), const Json& more = Json::object()) {
    Json config = {
        {"supabase",
         {{"url", "https://abc.supabase.co"},
          {"key", "anon-key"},
          {"providers", {{"bitbucket", {{"scopes", "account email"}, {"queryParams", {{"prompt", "consent"}}}}}}}}},
        {"secret", std::string(32, 's')},
        {"origin", "https://app.example"},
        {"onSession", true}};
    config["supabase"].update(supabase);
    config.update(more);
    const auto step = handle(core, Operation::configure, {config.dump()});
    ASSERT_EQ(step.at(0), std::to_string(static_cast<int>(StepKind::ready))) << step.at(refused_field::parameter);
  }

  [[nodiscard]] std::string cookie_header() const {
    std::string out;
    for (const auto& [name, value] : jar) out += (out.empty() ? "" : "; ") + name + "=" + value;
    return out;
  }

  /// A request of this browser; the next `answer` belongs to it.
  StepCase request(Route route, const std::string& url, const std::string& method = "GET",
                   std::map<RequestHeader, std::string> headers = {}, const std::string& body = {}) {
    last_ = make_request(url, method, std::move(headers), body);
    operation_ = Operation::serve;
    return serve(core, route, last_);
  }

  /// The session in this browser's cookies as a STORED_SESSION, whole as they have it.
  StepCase read_session(std::map<RequestHeader, std::string> headers = {}) {
    Memory memory;
    const MemoryScope scope(memory);
    headers.try_emplace(RequestHeader::cookie, cookie_header());
    supabase::Project project;
    project.cookie_name = kKey;
    project.cookie_domain = cookie_domain;
    Config config;
    config.origin.fixed = "https://app.example";
    config.project = &project;
    Request request;
    request.cookie = headers.at(RequestHeader::cookie);
    return {fields_of(build_message(*supabase::read_stored_session(config, request)))};
  }

  StepCase answer(const StepCase& step, std::string_view body, int status = 200, const std::string& failure = {},
                  const std::string& content_type = "application/json", const std::string& cause = {}) {
    RequestCase next = last_;
    next.fields[RequestField::now] = std::to_string(now);
    next.fields[RequestField::resume] = step.at(fetch_field::resume);
    next.fields[RequestField::status] = std::to_string(status);
    next.fields[RequestField::failure] = failure;
    next.fields[RequestField::content_type] = content_type;
    next.fields[RequestField::answer] = std::string(body);
    next.fields[RequestField::cause] = cause;
    next.fields[RequestField::entropy] = make_entropy(entropy++);
    return {handle(core, operation_, next.list())};
  }

  /// A question about this browser's session; the next `answer` belongs to it.
  StepCase question(Operation operation, const std::string& minimum = {},
                    std::map<RequestHeader, std::string> headers = {}) {
    last_ = make_request("/account", "GET", std::move(headers), {});
    last_.fields[RequestField::minimum] = minimum;
    operation_ = operation;
    return {handle(core, operation, last_.list())};
  }

  /// A request of a server with a form; the next `answer` belongs to it. @param changes its fields, in place of these.
  StepCase post(Operation operation, const std::string& form, const std::map<RequestField, std::string>& changes = {},
                const std::string& content_type = "application/x-www-form-urlencoded") {
    last_ = make_request("/posted", "POST", {{RequestHeader::content_type, content_type}}, form);
    last_.fields[RequestField::has_body] = "1";
    for (const auto& [field, value] : changes) last_.fields[field] = value;
    operation_ = operation;
    return {handle(core, operation, last_.list())};
  }

  /// The app's hook answers a SESSION or a SIGN_OUT.
  StepCase hook(const StepCase& step, const HookCase& said) {
    RequestCase next = last_;
    next.fields[RequestField::now] = std::to_string(now);
    return take_hook(core, next, step, said);
  }

  /// The app takes the session, or lets the sign-out go on.
  StepCase accept(const StepCase& step) { return hook(step, {}); }

  /// The session of a SESSION.
  /// What the app's hook gets, and the cookies hold.
  static Json session_of(const StepCase& step) {
    EXPECT_EQ(step.kind(), StepKind::session) << step.at(respond_field::code);
    Json session = Json::parse(step.at(session_field::session));
    session.erase("profile");
    return session;
  }

  /// What the hook alone gets.
  static Json profile_of(const StepCase& step) { return Json::parse(step.at(session_field::session)).at("profile"); }

  static std::vector<std::string> set_cookies(const StepCase& step) {
    return step.headers(respond_field::header_0, "set-cookie");
  }

  void follow(const StepCase& step) {
    for (const std::string& line : set_cookies(step)) {
      const std::size_t equals = line.find('=');
      const std::string name = line.substr(0, equals);
      if (line.find("; Max-Age=0;") != std::string::npos)
        jar.erase(name);
      else
        jar[name] = line.substr(equals + 1, line.find(';') - equals - 1);
    }
  }

  static std::string location(const StepCase& step) {
    const auto values = step.headers(respond_field::header_0, "location");
    return values.empty() ? "" : values[0];
  }

  /// Signs in as far as Supabase's /authorize, and returns the flow id of redirect_to.
  std::string sign_in(const std::string& query = "provider=bitbucket&next=%2Fwelcome") {
    const StepCase step = request(Route::sign_in, "/auth/sign-in?" + query);
    EXPECT_EQ(step.at(respond_field::status), "303") << step.at(respond_field::code);
    follow(step);
    authorize = location(step);
    return parameter_of(parameter_of(authorize, "redirect_to"), "sb_flow_id");
  }

  StepCase call_back(const std::string& query) { return request(Route::callback, "/auth/callback?" + query); }

  [[nodiscard]] std::string cookie(std::string_view suffix) const {
    const auto at = jar.find(std::string(kKey) + std::string(suffix));
    return at == jar.end() ? "" : at->second;
  }

  /// Puts the cookies of a flow of supabase-js into the jar.
  void hold_verifier(const std::string& flow_id, const std::string& text) {
    const std::string value = as_cookie("\"" + text + "\"");
    if (!flow_id.empty()) jar[std::string(kKey) + "-flow-" + flow_id + "-code-verifier"] = value;
    jar[std::string(kKey) + "-code-verifier"] = value;
  }

  static void expect_failure(const StepCase& step, std::string_view code) {
    ASSERT_EQ(step.kind(), StepKind::respond);
    EXPECT_EQ(step.at(respond_field::code), code);
    for (const std::string& field : step.fields) EXPECT_EQ(field.find("\"access_token\":"), std::string::npos) << field;
    // It removes cookies at most, and notes that the sign-in is finished.
    for (const std::string& line : set_cookies(step))
      EXPECT_TRUE(line.find("=; ") != std::string::npos || line.starts_with("__Host-landfall-done=")) << line;
    if (step.at(respond_field::status) == "303") EXPECT_EQ(parameter_of(location(step), "error"), code);
  }

  static void expect_session_headers(const StepCase& step) {
    EXPECT_EQ(step.headers(respond_field::header_0, "cache-control"),
              std::vector<std::string>{"private, no-cache, no-store, must-revalidate, max-age=0"});
    EXPECT_EQ(step.headers(respond_field::header_0, "expires"), std::vector<std::string>{"0"});
    EXPECT_EQ(step.headers(respond_field::header_0, "pragma"), std::vector<std::string>{"no-cache"});
  }

  static Json body_of(const StepCase& fetch) { return Json::parse(fetch.at(fetch_field::body)); }

  Core core;
  std::map<std::string, std::string> jar;
  std::int64_t now = kSupabaseNow;
  char entropy = 'a';
  std::string authorize;

  /// What read_session knows of the project.
  std::string cookie_domain;

  /// The request that `answer` repeats, and the operation that it is for.
  RequestCase last_;
  Operation operation_ = Operation::serve;

 private:
  RequestCase make_request(const std::string& url, const std::string& method,
                           std::map<RequestHeader, std::string> headers, const std::string& body) {
    headers.try_emplace(RequestHeader::cookie, cookie_header());
    headers.try_emplace(RequestHeader::host, "app.example");
    return {.fields = {{RequestField::now, std::to_string(now)},
                       {RequestField::entropy, make_entropy(entropy++)},
                       {RequestField::method, method},
                       {RequestField::url, "https://app.example" + url},
                       {RequestField::body, body}},
            .headers = std::move(headers)};
  }
};

}  // namespace landfall
