#include "rules/issuer.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace landfall {
namespace {

/// The one tenant of all personal Microsoft accounts.
constexpr std::string_view kPersonal = "9188040d-6c67-4c5b-b112-36a304b66dad";

bool counts(std::string_view tenant, std::string_view tid) {
  if (tenant == "organizations") return tid != kPersonal;
  if (tenant == "consumers") return tid == kPersonal;
  return !is_guid(tenant.substr(0, tid.size())) || has_word(tenant, tid);
}

/// The same text, or that of a tenant that counts. An issuer that leaves the tenant open is nobody's.
bool is_same(const Issuers& issuers, std::string_view iss) {
  return part(issuers.issuer, kTenantId).is_found ? !tenant_of(issuers, iss).empty() : iss == issuers.issuer;
}

}  // namespace

bool is_guid(std::string_view text) { return is_uuid(text) && lower(text) == text; }

std::string_view tenant_of(const Issuers& issuers, std::string_view iss) {
  const Parts open = part(issuers.issuer, kTenantId);
  if (!open.is_found || !iss.starts_with(open.before) || !iss.ends_with(open.behind)) return {};
  iss.remove_prefix(open.before.size());
  const std::string_view tid = iss.substr(0, iss.size() - std::min(iss.size(), open.behind.size()));
  return is_guid(tid) && counts(issuers.tenant, tid) ? tid : std::string_view();
}

bool is_issuer(const Issuers& issuers, std::string_view iss, std::string_view tid) {
  const std::string_view tenant = tenant_of(issuers, iss);
  return !iss.empty() && tenant == (tenant.empty() ? tenant : tid) &&
         (is_same(issuers, iss) || iss == issuers.also_issuer);
}

bool may_sign_for(const Issuers& issuers, std::string_view key_issuer, std::string_view iss) {
  return issuers.tenant.empty() || key_issuer == iss || !tenant_of({.issuer = key_issuer}, iss).empty();
}

ErrorCode check_iss(std::string_view iss, const Issuers& issuers, bool required) {
  if (iss.empty()) return required ? ErrorCode::iss_missing : ErrorCode::ok;
  return issuers.issuer.empty() || is_same(issuers, iss) ? ErrorCode::ok : ErrorCode::iss_mismatch;
}

}  // namespace landfall
