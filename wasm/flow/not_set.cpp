#include "flow/not_set.hpp"

namespace landfall {
namespace {

Error first_of(const List<std::string_view>& missing, ErrorCode code) {
  return missing.empty() ? Error{ErrorCode::ok} : Error{code, missing.front()};
}

}  // namespace

Error check_configured(const Config& config) { return first_of(config.missing, ErrorCode::config_missing); }

Error check_configured(const Config& config, const Request& request) {
  for (const std::string_view option : config.missing)
    if (option != "origin" || !is_on_this_machine(config.origin, request)) return {ErrorCode::config_missing, option};
  return {ErrorCode::ok};
}

Error check_configured(const Provider& provider) {
  return first_of(provider.missing, ErrorCode::provider_not_configured);
}

Error check_configured(const Config& config, std::string_view name) {
  const Provider* provider = config.find_provider(name);
  return provider != nullptr ? check_configured(*provider) : check_supabase_configured(config);
}

Error check_supabase_configured(const Config& config) {
  return first_of(config.supabase_missing, ErrorCode::provider_not_configured);
}

List<std::string_view> list_usable_providers(const Config& config) {
  List<std::string_view> names;
  for (const std::string_view option : config.missing)
    if (option != "origin") return names;
  for (const Provider& provider : config.providers())
    if (provider.missing.empty()) names.push_back(provider.name);
  if (config.supabase() == nullptr) return names;
  for (const supabase::ProviderRow& row : config.supabase()->providers)
    if (config.find_provider(row.name) == nullptr) names.push_back(row.name);
  return names;
}

}  // namespace landfall
