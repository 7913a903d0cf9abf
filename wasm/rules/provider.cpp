#include "rules/provider.hpp"

#include <array>

namespace landfall {
namespace {

constexpr auto kPresets = std::to_array<Preset>({
    {.name = "bitbucket",
     .authorization_endpoint = "https://bitbucket.org/site/oauth2/authorize",
     .token_endpoint = "https://bitbucket.org/site/oauth2/access_token",
     .userinfo_endpoint = "https://api.bitbucket.org/2.0/user",
     .emails_endpoint = "https://api.bitbucket.org/2.0/user/emails",
     .scope = "account email",
     .authentication = ClientAuthentication::client_secret_basic},
});

}  // namespace

Text option_path(std::string_view provider, std::string_view option) {
  return concat("providers.", provider, ".", option);
}

const Preset* find_preset(std::string_view name) {
  for (const Preset& preset : kPresets)
    if (preset.name == name) return &preset;
  return nullptr;
}

}  // namespace landfall
