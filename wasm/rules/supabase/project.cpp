#include "rules/supabase/project.hpp"

#include <array>

#include "base/ascii.hpp"
#include "json/jwt.hpp"

namespace landfall::supabase {
namespace {

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::string_view kCustom = "custom:";

/// The provider names that the server knows, each between two spaces.
constexpr std::string_view kProviders =
    " apple azure bitbucket discord facebook figma fly github gitlab google kakao keycloak linkedin linkedin_oidc"
    " notion slack slack_oidc snapchat spotify twitch twitter vercel_marketplace workos x zoom ";

constexpr auto kReserved = std::to_array<std::string_view>(
    {"provider", "redirect_to", "scopes", "code_challenge", "code_challenge_method", "state"});

bool is_known(std::string_view name) {
  return name.starts_with(kCustom) || kProviders.find(concat(" ", name, " ")) != std::string_view::npos;
}

}  // namespace

Text default_cookie_name(const Host& host) {
  return concat("sb-", host.name.substr(0, host.name.find('.')), "-auth-token");
}

bool is_secret_key(std::string_view key) {
  if (key.starts_with("sb_secret_")) return true;
  constexpr auto kRole = std::to_array<std::string_view>({"role"});
  const Jwt* token = parse_jwt(key, {}, kRole);
  const std::string_view role = token != nullptr ? token->claims.at("role").text : std::string_view();
  return role == "service_role" || role == "supabase_admin";
}

bool is_auth_provider_name(std::string_view name) {
  const bool is_custom = name.starts_with(kCustom);
  if (is_custom) name.remove_prefix(kCustom.size());
  if (name.empty() || name.size() > kMaxNameBytes) return false;
  for (const char c : name) {
    const bool fits = is_custom ? is_alnum(c) || c == '_' || c == '.' || c == ':' || c == '-'
                                : is_digit(c) || (is_alpha(c) && to_lower(c) == c) || c == '_';
    if (!fits) return false;
  }
  return true;
}

FoundProvider find_auth_provider(const Project& project, std::string_view name) {
  if (name.empty() && project.providers.size() == 1)
    return {.name = project.providers.front().name, .options = project.providers.front().options};
  const Text wanted = name.starts_with(kCustom) ? Text(name) : lower(name);
  for (const ProviderRow& row : project.providers)
    if (row.name == wanted.view()) return {.name = row.name, .options = row.options};
  if (!is_auth_provider_name(wanted) || !is_known(wanted)) return {};
  return {.name = wanted, .options = {}};
}

bool is_reserved_authorize_parameter(std::string_view name) {
  for (const std::string_view reserved : kReserved)
    if (reserved == name) return true;
  return false;
}

}  // namespace landfall::supabase
