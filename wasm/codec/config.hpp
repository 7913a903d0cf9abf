#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "flow/config.hpp"

namespace landfall {

/// A problem with an option; `none` has no row in the table.
enum class Problem : std::uint8_t {
#define LANDFALL_ENUMERATOR(name) name,
#include "codec/messages.def"
  LANDFALL_PROBLEM(LANDFALL_ENUMERATOR)
#undef LANDFALL_ENUMERATOR
      none
};

/// The name of a problem, as the REFUSED message carries it.
std::string_view problem_name(Problem problem);

/// The reason to refuse a configuration.
struct ConfigError {
  /// The option's path: "providers.work.clientId".
  std::string_view parameter;
  Problem problem = Problem::json;
  /// For an unknown option, the known one that looks like it; else empty.
  std::string_view suggestion;
};

/// Reads createAuth's options (without its functions) from JSON into `config`. Returns nothing when all is well,
/// otherwise the first mistake. The error for an unknown option has the nearest known one. A mistake that does not
/// depend on the environment is refused. An option that is there without a value is noted, and blocks the parts that
/// need it.
std::optional<ConfigError> read_config(std::string_view json, Config& config);

}  // namespace landfall
