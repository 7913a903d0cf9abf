#include "codec/apply_row.hpp"

#include <array>

#include "base/ascii.hpp"
#include "rules/authorization_url.hpp"
#include "rules/issuer.hpp"

namespace landfall {
namespace {

void fill(std::string_view& option, std::string_view column) {
  if (option.empty()) option = column;
}

/// A column with what the options say for a place in braces.
std::string_view put(std::string_view column, std::string_view place_name, std::string_view value) {
  const Parts open = part(column, place_name);
  return open.is_found ? concat(open.before, value, open.behind).view() : column;
}

/// The tenant in addresses: that of a list is open.
std::string_view address_tenant(std::string_view tenant) { return part(tenant, " ").is_found ? "common" : tenant; }

struct Address {
  Column column;
  std::string_view Endpoints::*endpoint;
};

constexpr auto kAddresses = std::to_array<Address>({
    {Column::authorization_endpoint, &Endpoints::authorization_endpoint},
    {Column::token_endpoint, &Endpoints::token_endpoint},
    {Column::jwks_uri, &Endpoints::jwks_uri},
    {Column::userinfo_endpoint, &Endpoints::userinfo_endpoint},
    {Column::emails_endpoint, &Endpoints::emails_endpoint},
    {Column::revocation_endpoint, &Endpoints::revocation_endpoint},
    {Column::end_session_endpoint, &Endpoints::end_session_endpoint},
});

/// An address of the row, with what the options say for its places.
std::string_view address(const Provider& provider, std::string_view column) {
  return put(put(column, "{host}", provider.host), "{tenant}", address_tenant(provider.tenant));
}

void apply_addresses(Provider& provider, const KnownProvider& row) {
  const std::string_view profile = provider.endpoints.userinfo_endpoint;
  const bool has_own_profile = !profile.empty() && profile != row[Column::userinfo_endpoint];
  // The addresses of e-mail belong to the row's own profile.
  if (has_own_profile) provider.emails = {};
  for (const auto& [column, endpoint] : kAddresses) {
    if (column == Column::emails_endpoint && has_own_profile) continue;
    fill(provider.endpoints.*endpoint, address(provider, row[column]));
  }
}

/// How the row's own servers speak.
void apply_dialect(Provider& provider, const KnownProvider& row) {
  provider.also_issuer = row[Column::also_issuer];
  fill(provider.id_token_signed_response_alg, row[Column::alg]);
  provider.pkce = !row.has("no_pkce");
  provider.nonce = !row.has("no_nonce");
  provider.json_body = row.has("json");
  ClientAuthentication& authentication = provider.endpoints.authentication;
  if (authentication == ClientAuthentication::unset && !row[Column::token_endpoint].empty() &&
      !provider.own_secret().empty())
    authentication =
        row.has("post") ? ClientAuthentication::client_secret_post : ClientAuthentication::client_secret_basic;
}

void apply_params(Provider& provider, std::string_view params) {
  while (!params.empty()) {
    std::string_view value = take_until(params, '&');
    const std::string_view name = take_until(value, '=');
    Parameters& given = provider.authorization_params;
    if (!has_parameter(given, name)) given.push_back({name, value});
  }
}

}  // namespace

std::string_view apply_row(Provider& provider, const KnownProvider& row) {
  const std::string_view issuer = row[Column::issuer];
  const std::string_view authorization_endpoint = provider.endpoints.authorization_endpoint;
  const bool has_servers = !issuer.empty() || !row[Column::token_endpoint].empty();
  // An address says more than an issuer: with the row's own one, `issuer` is only what its answers are compared with.
  const bool is_elsewhere = authorization_endpoint.empty()
                                ? has_servers && !provider.issuer.empty() && provider.issuer != issuer
                                : authorization_endpoint != address(provider, row[Column::authorization_endpoint]);
  // A name alone stands for the row's own servers; `use` says that others speak like them.
  if (is_elsewhere && provider.use.empty()) return {};
  // Where an issuer has tenants, keys belong to one too: also when all of them may come.
  if (part(issuer, kTenantId).is_found) fill(provider.tenant, "common");
  provider.form_post |= row.has("form_post");
  fill(provider.scope, row[Column::scope]);
  apply_params(provider, row[Column::params]);
  provider.allow = concat(row[Column::allow], " ", provider.allow);
  provider.headers = row[Column::headers];
  provider.profile = row[Column::profile];
  provider.emails = row[Column::emails];
  const bool asks_profile = provider.userinfo == Promise::unset && row.has("userinfo");
  if (is_elsewhere) {
    if (asks_profile && provider.needs_metadata()) provider.userinfo = Promise::yes;
    return {};
  }
  if (provider.host.empty() && part(row[Column::token_endpoint], "{host}").is_found) return "host";
  fill(provider.issuer, is_guid(provider.tenant) ? put(issuer, kTenantId, provider.tenant) : issuer);
  apply_addresses(provider, row);
  apply_dialect(provider, row);
  if (asks_profile) provider.userinfo = Promise::yes;
  return row.has("sign") && provider.own_secret().empty() ? "privateKey" : "";
}

}  // namespace landfall
