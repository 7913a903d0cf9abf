#include "codec/provider_options.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/nearest.hpp"
#include "rules/authorization_url.hpp"
#include "rules/id_token.hpp"
#include "rules/metadata.hpp"
#include "rules/next.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// How an option is read.
enum class Form : std::uint8_t {
  text,
  path,
  issuer,
  url,
  flag,
  scopes,
  authentication,
  response_mode,
  authorization_params,
  algorithm
};

struct Option {
  std::string_view name;
  Form form;
  /// Without a value (its environment variable is not set) nobody signs in with this provider.
  bool is_needed = true;
  std::string_view Provider::*text = nullptr;
  std::string_view Endpoints::*url = nullptr;
};

constexpr auto kOptions = std::to_array<Option>({
    {"clientId", Form::text, true, &Provider::client_id},
    {"clientSecret", Form::text, true, &Provider::client_secret},
    {"callback", Form::path, true},
    {"issuer", Form::issuer, true},
    {"authorizationEndpoint", Form::url, true, {}, &Endpoints::authorization_endpoint},
    {"tokenEndpoint", Form::url, true, {}, &Endpoints::token_endpoint},
    {"jwksUri", Form::url, true, {}, &Endpoints::jwks_uri},
    {"userinfoEndpoint", Form::url, true, {}, &Endpoints::userinfo_endpoint},
    {"revocationEndpoint", Form::url, true, {}, &Endpoints::revocation_endpoint},
    {"scopes", Form::scopes, false},
    {"tokenEndpointAuthMethod", Form::authentication, true},
    {"responseMode", Form::response_mode, true},
    {"authorizationParams", Form::authorization_params, false},
    {"authorizationResponseIssParameterSupported", Form::flag, true},
    {"idTokenSignedResponseAlg", Form::algorithm, true},
    {"userinfo", Form::flag, false},
});

constexpr auto kNames = [] {
  std::array<std::string_view, kOptions.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kOptions[i].name;
  return names;
}();

// In the order of ClientAuthentication.
constexpr auto kAuthentications =
    std::to_array<std::string_view>({"", "client_secret_basic", "client_secret_post", "none"});

Problem read_text(std::string_view& out, const Value& value) {
  if (!value.is_string()) return Problem::type;
  out = value.text;
  return Problem::none;
}

/// The path of a redirect_uri: a query would not be told from the response's parameters.
Problem read_callback(std::string_view& out, const Value& value) {
  if (!value.is_string()) return Problem::type;
  Text encoded;
  if (check_next(value.text, "", encoded) != NextVerdict::unchanged) return Problem::value;
  if (value.text.find_first_of("?#") != std::string_view::npos) return Problem::value;
  out = value.text;
  return Problem::none;
}

Problem read_flag(bool& out, const Value& value) {
  if (value.kind != Kind::boolean) return Problem::type;
  out = value.text == "true";
  return Problem::none;
}

Problem read_url(std::string_view& out, const Value& value, bool allows_query) {
  if (!value.is_string()) return Problem::type;
  const auto url = parse_url(value.text);
  if (!url || url->has_fragment || (url->has_query && !allows_query)) return Problem::url;
  if (!is_secure_url(*url)) return Problem::insecure;
  out = value.text;
  return Problem::none;
}

Problem read_authentication(ClientAuthentication& out, const Value& value) {
  if (!value.is_string()) return Problem::type;
  for (std::size_t i = 1; i < kAuthentications.size(); ++i) {
    if (kAuthentications[i] != value.text) continue;
    out = static_cast<ClientAuthentication>(i);
    return Problem::none;
  }
  return Problem::value;
}

Problem read_authorization_param(Provider& provider, std::string_view name, const Value& value) {
  if (is_reserved_parameter(name)) return Problem::reserved;
  // A parameter without a value counts as left out (RFC 6749 3.1); but max_age is a check of ours too.
  if (value.is_unset() && name == "max_age")
    provider.missing.push_back(option_path(provider.name, "authorizationParams.max_age"));
  if (value.is_unset()) return Problem::none;
  if (!value.is_string() && value.kind != Kind::number) return Problem::type;
  if (name == "max_age") {
    provider.max_age = parse_decimal(value.text);
    if (!provider.max_age) return Problem::value;
  }
  provider.authorization_params.push_back({name, value.text});
  return Problem::none;
}

}  // namespace

Problem read_scope(std::string_view& scope, const Value& value) {
  if (!value.is_string()) return Problem::type;
  for (const char c : value.text)
    if (!is_printable_ascii(c) || c == '"' || c == '\\') return Problem::value;
  scope = concat(scope, scope.empty() || value.text.empty() ? "" : " ", value.text);
  return Problem::none;
}

bool is_provider_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name)
    if (!is_alnum(c) && c != '-' && c != '_') return false;
  return true;
}

Problem read_provider_option(Provider& provider, std::string_view path, const Value& value,
                             std::string_view& suggestion) {
  const std::string_view name = take_until(path, '/');
  const Option* option = nullptr;
  for (const Option& candidate : kOptions)
    if (candidate.name == name) option = &candidate;
  if (option == nullptr) {
    suggestion = nearest(name, kNames);
    return Problem::unknown;
  }
  if (value.is_unset() && path.empty()) {
    if (option->is_needed) provider.missing.push_back(option_path(provider.name, name));
    return Problem::none;
  }
  switch (option->form) {
    case Form::text:
      return read_text(provider.*option->text, value);
    case Form::path:
      return read_callback(provider.callback, value);
    case Form::issuer:
      return read_url(provider.issuer, value, false);
    case Form::url:
      // A profile address of the app's own choice is there to be asked.
      provider.userinfo |= name == "userinfoEndpoint";
      return read_url(provider.endpoints.*option->url, value, true);
    case Form::flag:
      return read_flag(name == "userinfo" ? provider.userinfo : provider.endpoints.iss_required, value);
    case Form::scopes:
      return value.is_unset() || (path.empty() && value.kind == Kind::array) ? Problem::none
                                                                             : read_scope(provider.scope, value);
    case Form::authentication:
      return read_authentication(provider.endpoints.authentication, value);
    case Form::response_mode:
      provider.form_post = value.text == "form_post";
      return value.is_string() && (provider.form_post || value.text == "query") ? Problem::none : Problem::value;
    case Form::authorization_params:
      if (!path.empty()) return read_authorization_param(provider, path, value);
      return value.kind == Kind::object ? Problem::none : Problem::type;
    case Form::algorithm:
      provider.id_token_signed_response_alg = value.text;
      return value.is_string() && find_signature_algorithm(value.text) != nullptr ? Problem::none : Problem::value;
  }
  return Problem::unknown;
}

}  // namespace landfall
