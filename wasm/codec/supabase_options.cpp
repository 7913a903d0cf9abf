#include "codec/supabase_options.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/nearest.hpp"
#include "codec/provider_options.hpp"
#include "web/set_cookie.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

using supabase::Project;

constexpr auto kOptions = std::to_array<std::string_view>(
    {"url", "key", "providers", "cookieOptions", "cookies", "exactRedirectTo", "verifyOnGet", "storage", "flows"});
/// Without a value nothing goes through Supabase; of the others, nothing is as good as the default.
constexpr auto kNeeded = std::to_array<std::string_view>({"url", "key", "flows"});
constexpr auto kCookieOptions =
    std::to_array<std::string_view>({"name", "domain", "path", "sameSite", "secure", "httpOnly", "maxAge"});
constexpr auto kProviderOptions = std::to_array<std::string_view>({"scopes", "queryParams"});
constexpr auto kEncodings = std::to_array<std::string_view>({"user-and-tokens", "tokens-only"});
constexpr auto kFlows = std::to_array<std::string_view>({"any", "own"});
constexpr auto kStorages = std::to_array<std::string_view>({"cookies", "localStorage"});
// In the order of SameSite.
constexpr auto kSameSites = std::to_array<std::string_view>({"lax", "strict", "none"});

bool is_one_of(std::string_view name, std::span<const std::string_view> known) {
  for (const std::string_view one : known)
    if (one == name) return true;
  return false;
}

Problem unknown(std::string_view name, std::span<const std::string_view> known, std::string_view& suggestion) {
  suggestion = nearest(name, known);
  return Problem::unknown;
}

Problem expect(const Value& value, Kind kind) { return value.kind == kind ? Problem::none : Problem::type; }

/// An object, or nothing at all.
Problem expect_object(const Value& value) {
  return value.kind == Kind::null ? Problem::none : expect(value, Kind::object);
}

Problem read_flag(bool& out, const Value& value) {
  out = value.text == "true";
  return expect(value, Kind::boolean);
}

/// The index of a text in its list of values.
Problem read_choice(std::size_t& out, const Value& value, std::span<const std::string_view> choices) {
  if (!value.is_string()) return Problem::type;
  for (out = 0; out < choices.size(); ++out)
    if (choices[out] == value.text) return Problem::none;
  return Problem::value;
}

Problem read_url(Project& project, const Value& value) {
  if (!value.is_string()) return Problem::type;
  std::string_view text = value.text;
  while (text.ends_with('/')) text.remove_suffix(1);
  const auto url = parse_url(text);
  if (!url || url->has_fragment || url->has_query) return Problem::url;
  if (!is_secure_url(*url)) return Problem::insecure;
  project.api = concat(url->origin, url->path() == "/" ? std::string_view() : url->path(), "/auth/v1");
  if (project.cookie_name.empty()) project.cookie_name = supabase::default_cookie_name(url->host);
  return Problem::none;
}

/// The key travels in headers.
Problem read_key(Project& project, const Value& value) {
  if (!value.is_string()) return Problem::type;
  if (!is_printable_ascii(value.text) || value.text.find(' ') != std::string_view::npos) return Problem::value;
  project.key = value.text;
  return Problem::none;
}

Problem read_provider(Project& project, std::string_view path, const Value& value, std::string_view& suggestion) {
  if (path.empty()) return expect_object(value);
  const bool is_option = path.find('/') != std::string_view::npos;
  const std::string_view name = take_until(path, '/');
  if (!is_option) {
    if (expect_object(value) != Problem::none) return Problem::type;
    if (!supabase::is_auth_provider_name(name)) return Problem::value;
    project.providers.push_back({}).name = name;
    return Problem::none;
  }
  if (project.providers.empty() || project.providers.back().name != name) return Problem::value;
  supabase::SignInOptions& options = project.providers.back().options;
  const std::string_view option = take_until(path, '/');
  if (option == kProviderOptions[0])
    return value.is_unset() || (path.empty() && value.kind == Kind::array) ? Problem::none
                                                                           : read_scope(options.scopes, value);
  if (option != kProviderOptions[1]) return unknown(option, kProviderOptions, suggestion);
  if (path.empty()) return expect_object(value);
  if (supabase::is_reserved_authorize_parameter(path)) return Problem::reserved;
  if (value.is_unset()) return Problem::none;
  if (!value.is_string() && value.kind != Kind::number) return Problem::type;
  options.query_params.push_back({path, value.text});
  return Problem::none;
}

Problem read_cookie_option(Project& project, std::string_view name, const Value& value, std::string_view& suggestion) {
  if (name.empty()) return expect_object(value);
  if (!is_one_of(name, kCookieOptions)) return unknown(name, kCookieOptions, suggestion);
  if (value.is_unset()) return Problem::none;
  if (name == "secure") return read_flag(project.secure, value);
  if (name == "httpOnly") return read_flag(project.http_only, value);
  // Taken for the sake of configurations that have it: @supabase/ssr writes 400 days whatever it says.
  if (name == "maxAge") return expect(value, Kind::number);
  if (name == "sameSite") {
    std::size_t choice = 0;
    const Problem problem = read_choice(choice, value, kSameSites);
    project.same_site = static_cast<SameSite>(choice);
    return problem;
  }
  if (!value.is_string()) return Problem::type;
  (name == "name" ? project.cookie_name : name == "domain" ? project.cookie_domain : project.cookie_path) = value.text;
  return Problem::none;
}

}  // namespace

Problem read_supabase_option(Config& config, Project& project, std::string_view path, const Value& value,
                             std::string_view& suggestion) {
  if (path.empty()) return expect(value, Kind::object);
  const std::string_view option = take_until(path, '/');
  if (!is_one_of(option, kOptions)) return unknown(option, kOptions, suggestion);
  if (value.is_unset() && path.empty()) {
    if (is_one_of(option, kNeeded)) config.supabase_missing.push_back(concat("supabase.", option));
    return Problem::none;
  }
  if (option == "url") return read_url(project, value);
  if (option == "key") return read_key(project, value);
  if (option == "providers") return read_provider(project, path, value, suggestion);
  if (option == "cookieOptions") return read_cookie_option(project, path, value, suggestion);
  if (option == "exactRedirectTo") return read_flag(project.exact_redirect_to, value);
  if (option == "verifyOnGet") return read_flag(project.verify_on_get, value);
  std::size_t choice = 0;
  // Where a page keeps the session is the host's business; here it is only spelled.
  if (option == "storage") return read_choice(choice, value, kStorages);
  if (option == "flows") {
    const Problem problem = read_choice(choice, value, kFlows);
    project.own_flows = choice == 1;
    return problem;
  }
  if (path.empty()) return expect(value, Kind::object);
  if (path != "encode") return Problem::unknown;
  if (value.is_unset()) return Problem::none;
  const Problem problem = read_choice(choice, value, kEncodings);
  project.tokens_only = choice == 1;
  return problem;
}

ConfigError complete_project(Project& project, const Secrets& secrets) {
  if (project.api.empty()) return {.parameter = "supabase.url", .problem = Problem::missing};
  if (project.key.empty()) return {.parameter = "supabase.key", .problem = Problem::missing};
  // A name, domain or path that no browser takes; [::1] makes such a name by itself.
  const auto line = build_set_cookie({.name = concat(project.cookie_name, "-flows-code-verifier"),
                                      .value = "",
                                      .max_age_seconds = 0,
                                      .same_site = SameSite::lax,
                                      .secure = project.secure,
                                      .http_only = false,
                                      .path = project.cookie_path,
                                      .domain = project.cookie_domain});
  if (!line || project.cookie_name.size() > kMaxCookieNameBytes)
    return {.parameter = "supabase.cookieOptions.name", .problem = Problem::missing};
  if (secrets.is_awaited) return {.problem = Problem::none};
  // The project's key is public: what is sealed with it proves nothing about who started a flow.
  if (project.own_flows && secrets.list.empty()) return {.parameter = "secret", .problem = Problem::missing};
  derive_keys(project.keys, secrets.list, project.key);
  return {.problem = Problem::none};
}

}  // namespace landfall
