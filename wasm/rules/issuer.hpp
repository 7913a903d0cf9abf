#pragma once

#include <string_view>

#include "base/errors.hpp"
#include "base/text.hpp"

namespace landfall {

/// Where an issuer has a tenant for each customer, its name stands for the tenant's GUID (Microsoft Entra).
inline constexpr std::string_view kTenantId = "{tenantid}";

/// A `tenant` that nobody has.
inline constexpr std::string_view kNobody = "-";

/// The issuers that may speak for a provider.
struct Issuers {
  /// An issuer identifier (RFC 8414 2), with or without kTenantId; empty where none is known.
  std::string_view issuer;
  /// A second spelling that ID Tokens may have; empty for none.
  std::string_view also_issuer = {};
  /// Which tenants count for kTenantId: GUIDs in lower case with blanks between, `organizations` for all but personal
  /// accounts, anything else for all.
  std::string_view tenant = {};
};

/// Whether a text is a GUID in lower case: 8-4-4-4-12 hexadecimal digits.
bool is_guid(std::string_view text);

/// The tenant that an issuer names in the place of kTenantId. Empty unless it is a GUID of a tenant that counts, and
/// the rest is the same.
std::string_view tenant_of(const Issuers& issuers, std::string_view iss);

/// Whether the issuer of an ID Token is the provider (OpenID Connect Core 3.1.3.7 step 2).
/// @param tid the token's own tenant; it has to be the issuer's, where the issuer has one.
bool is_issuer(const Issuers& issuers, std::string_view iss, std::string_view tid);

/// Whether a key may sign for an issuer. Where issuers have a tenant, keys may name theirs.
/// @param key_issuer of the key, with or without kTenantId.
bool may_sign_for(const Issuers& issuers, std::string_view key_issuer, std::string_view iss);

/// Compares the `iss` of an authorization response with the issuer of its transaction (RFC 9207 2.4): simple string
/// comparison, decoded once, before the error branch.
/// @param iss the parameter's value; empty if it was left out.
/// @param issuers without an issuer, nothing can be compared.
/// @param required the provider's metadata promises `iss`.
/// Errors: iss_missing, iss_mismatch.
ErrorCode check_iss(std::string_view iss, const Issuers& issuers, bool required);

}  // namespace landfall
