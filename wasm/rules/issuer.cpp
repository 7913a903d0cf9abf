#include "rules/issuer.hpp"

#include "base/ascii.hpp"

namespace landfall {
namespace {

/// The one tenant of all personal Microsoft accounts.
constexpr std::string_view kPersonal = "9188040d-6c67-4c5b-b112-36a304b66dad";

bool counts(std::string_view tenant, std::string_view tid) {
  if (tenant == "organizations") return tid != kPersonal;
  if (tenant == "consumers") return tid == kPersonal;
  return !is_guid(tenant.substr(0, tenant.find(' '))) || has_word(tenant, tid);
}

/// The same text; one that leaves the tenant open is nobody's.
bool is_same(std::string_view iss, std::string_view issuer) {
  return iss == issuer && issuer.find(kTenantId) == std::string_view::npos;
}

}  // namespace

bool is_guid(std::string_view text) { return is_uuid(text) && lower(text) == text; }

std::string_view tenant_of(const Issuers& issuers, std::string_view iss) {
  const std::size_t at = issuers.issuer.find(kTenantId);
  if (at == std::string_view::npos) return {};
  const std::string_view behind = issuers.issuer.substr(at + kTenantId.size());
  if (!iss.starts_with(issuers.issuer.substr(0, at))) return {};
  iss.remove_prefix(at);
  if (!iss.ends_with(behind)) return {};
  iss.remove_suffix(behind.size());
  return is_guid(iss) && counts(issuers.tenant, iss) ? iss : std::string_view();
}

bool is_issuer(const Issuers& issuers, std::string_view iss, std::string_view tid) {
  if (iss.empty()) return false;
  const std::string_view tenant = tenant_of(issuers, iss);
  return is_same(iss, issuers.issuer) || iss == issuers.also_issuer || (!tenant.empty() && tenant == tid);
}

bool may_sign_for(const Issuers& issuers, std::string_view key_issuer, std::string_view iss) {
  return issuers.tenant.empty() || key_issuer == iss || !tenant_of({.issuer = key_issuer}, iss).empty();
}

ErrorCode check_iss(std::string_view iss, const Issuers& issuers, bool required) {
  if (iss.empty()) return required ? ErrorCode::iss_missing : ErrorCode::ok;
  const bool is_theirs = issuers.issuer.empty() || is_same(iss, issuers.issuer) || !tenant_of(issuers, iss).empty();
  return is_theirs ? ErrorCode::ok : ErrorCode::iss_mismatch;
}

}  // namespace landfall
