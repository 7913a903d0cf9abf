#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The providers that Landfall knows by name: providers.def.
namespace landfall {

/// The columns of providers.def, in their order there.
enum class Column : std::uint8_t {
  names,
  issuer,
  also_issuer,
  authorization_endpoint,
  token_endpoint,
  jwks_uri,
  userinfo_endpoint,
  emails_endpoint,
  revocation_endpoint,
  end_session_endpoint,
  scope,
  alg,
  traits,
  headers,
  params,
  allow,
  profile,
  emails,
  kCount
};

/// A row of providers.def; a column that the row leaves out is empty.
class KnownProvider {
 public:
  std::string_view& operator[](Column column) { return values_[static_cast<std::size_t>(column)]; }
  std::string_view operator[](Column column) const { return values_[static_cast<std::size_t>(column)]; }

  /// Whether a word is among the traits.
  [[nodiscard]] bool has(std::string_view trait) const;

 private:
  std::array<std::string_view, static_cast<std::size_t>(Column::kCount)> values_;
};

/// The row that has a name; one without names where no row has it.
KnownProvider known_provider(std::string_view name);

}  // namespace landfall
