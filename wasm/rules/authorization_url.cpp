#include "rules/authorization_url.hpp"

#include <array>

#include "rules/pkce.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

constexpr auto kReserved = std::to_array<std::string_view>(
    {"client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
     "code_challenge", "code_challenge_method", "code_verifier", "request", "request_uri", "code", "grant_type"});

}  // namespace

Text build_authorization_url(const Provider& provider, std::string_view authorization_endpoint,
                             const Transaction& transaction, std::string_view redirect_uri, const Parameters& asked) {
  Text url;
  url.reserve(authorization_endpoint.size() + 512);
  url += authorization_endpoint;
  if (authorization_endpoint.find('?') == std::string_view::npos) url += '?';
  append_form_field(url, "response_type", "code");
  append_form_field(url, "client_id", provider.client_id);
  append_form_field(url, "redirect_uri", redirect_uri);
  if (!provider.scope.empty()) append_form_field(url, "scope", provider.scope);
  append_form_field(url, "state", transaction.state);
  if (provider.pkce) {
    append_form_field(url, "code_challenge", code_challenge(transaction.code_verifier));
    append_form_field(url, "code_challenge_method", "S256");
  }
  if (!transaction.nonce.empty()) append_form_field(url, "nonce", transaction.nonce);
  if (provider.form_post) append_form_field(url, "response_mode", "form_post");
  const Parameters& configured = provider.authorization_params;
  for (const auto& [name, value] : configured) append_form_field(url, name, value);
  for (const auto& [name, value] : asked)
    if (!has_parameter(configured, name)) append_form_field(url, name, value);
  return url;
}

bool has_parameter(const Parameters& parameters, std::string_view name) {
  for (const auto& parameter : parameters)
    if (parameter.first == name) return true;
  return false;
}

bool is_reserved_parameter(std::string_view name) {
  for (const std::string_view reserved : kReserved)
    if (reserved == name) return true;
  return false;
}

}  // namespace landfall
