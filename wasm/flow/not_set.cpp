#include "flow/not_set.hpp"

namespace landfall {
namespace {

Error first_of(const List<std::string_view>& missing, ErrorCode code) {
  return missing.empty() ? Error{ErrorCode::ok} : Error{code, missing.front()};
}

}  // namespace

Error find_not_set(const Config& config) { return first_of(config.missing, ErrorCode::config_missing); }

Error find_not_set(const Provider& provider) { return first_of(provider.missing, ErrorCode::provider_not_configured); }

Error find_not_set(const Config& config, std::string_view name) {
  const Provider* provider = config.find_provider(name);
  return provider != nullptr ? find_not_set(*provider) : find_supabase_not_set(config);
}

Error find_supabase_not_set(const Config& config) {
  return first_of(config.supabase_missing, ErrorCode::provider_not_configured);
}

}  // namespace landfall
