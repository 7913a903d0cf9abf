#include "codec/config.hpp"

#include <array>

#include "base/limits.hpp"
#include "codec/complete_config.hpp"
#include "codec/option_reader.hpp"
#include "json/json.hpp"

namespace landfall {

std::string_view problem_name(Problem problem) {
  constexpr auto kNames = std::to_array<std::string_view>({
#define LANDFALL_ENUMERATOR(name) #name,
      LANDFALL_PROBLEM(LANDFALL_ENUMERATOR)
#undef LANDFALL_ENUMERATOR
  });
  return kNames[static_cast<std::size_t>(problem)];
}

std::optional<ConfigError> read_config(std::string_view json, Config& config) {
  const auto document = json.size() <= kMaxConfigBytes ? parse_json(json, {}, kMaxOptionDepth) : nullptr;
  if (document == nullptr || document->root.kind != Kind::object) return ConfigError{.problem = Problem::json};
  GivenOptions given;
  ConfigError error = read_options(*document, config, given);
  if (error.problem == Problem::none) error = complete_config(config, given);
  return error.problem == Problem::none ? std::nullopt : std::optional(error);
}

}  // namespace landfall
