#include "flow/supabase/implicit.hpp"

#include <array>

#include "base/ascii.hpp"
#include "flow/admit.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/ask.hpp"
#include "json/compact.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/token_response.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall::supabase {
namespace {

constexpr auto kTexts = std::to_array<std::string_view>(
    {"access_token", "refresh_token", "token_type", "provider_token", "provider_refresh_token"});

constexpr auto kUserMembers = std::to_array<std::string_view>({"id"});

/// The fragment's parameters as the object that the token endpoint sends; empty when a parameter is missing or invalid.
/// @param user JSON, or empty to leave it out.
Text build_implicit_session(std::string_view fragment, std::string_view user, std::int64_t now) {
  Text json = "{";
  for (const std::string_view name : kTexts) {
    const Text value = read_form_field(fragment, name);
    if (value.empty() && name.starts_with("provider")) continue;
    if (!is_token(value) || value.view().find_first_of("\"\\") != std::string_view::npos) return {};
    json += concat("\"", name, "\":\"", value, "\",");
  }
  const auto expires_in = parse_decimal(read_form_field(fragment, "expires_in"));
  if (!expires_in) return {};
  json += "\"expires_in\":";
  append_decimal(json, *expires_in);
  json += ",\"expires_at\":";
  append_decimal(json, parse_decimal(read_form_field(fragment, "expires_at")).value_or(now + *expires_in));
  if (!user.empty()) json += concat(",\"user\":", user);
  json += '}';
  return json;
}

}  // namespace

bool has_implicit_session(std::string_view fragment) { return !read_form_field(fragment, "access_token").empty(); }

Step& start_implicit(const Config& config, const Request& request) {
  if (config.supabase() == nullptr) return respond_error(config, ErrorCode::response_type_unexpected);
  // These tokens are not bound to a sign-in of this browser.
  if (config.supabase()->own_flows) return respond_error(config, ErrorCode::flow_foreign);
  if (build_implicit_session(request.fragment, {}, request.now).empty())
    return respond_error(config, ErrorCode::token_shape);
  Fetch& fetch = ask_user(*config.supabase(), read_form_field(request.fragment, "access_token"));
  fetch.resume = build_resume({}, Stage::user);
  return fetch;
}

Step& resume_implicit(const Config& config, const Request& request, const FetchResult& result) {
  if (const ErrorCode code = check_transport(result); code != ErrorCode::ok) return respond_error(config, code);
  if (parse_json_object(result, kUserMembers, 1) == nullptr) return respond_error(config, ErrorCode::token_status);
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  const Project& project = *config.supabase();
  const ProjectCookies cookies(request.cookie, project.cookie_name);
  CookieWriter writer(project, is_secure_origin(*origin));
  const std::string_view fragment = request.fragment;
  const Text session = build_implicit_session(fragment, compact_json(result.body, {}), request.now);
  write_session(writer, cookies, project.tokens_only ? build_implicit_session(fragment, {}, request.now) : session);
  const bool is_recovery = read_form_field(fragment, "type") == "recovery";
  const std::string_view fallback = is_recovery ? config.paths.after_recovery : config.paths.after_sign_in;
  const Text asked = read_form_field(parse_request_url(request.url).query, "next");
  SignedIn signed_in{.session = tell_session(session),
                     .next = choose_next(config, asked, *origin, fallback),
                     .redirect_type = is_recovery ? "recovery" : ""};
  writer.append_to(signed_in.session_cookies);
  return admit(config, request, signed_in);
}

}  // namespace landfall::supabase
