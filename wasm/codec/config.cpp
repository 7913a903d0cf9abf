#include "codec/config.hpp"

#include <array>
#include <span>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/nearest.hpp"
#include "codec/provider_options.hpp"
#include "codec/supabase_options.hpp"
#include "json/json.hpp"
#include "rules/next.hpp"
#include "rules/route.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The functions come as `true`: what they do is the host's business, how they are spelled is ours.
constexpr auto kOptions = std::to_array<std::string_view>(
    {"supabase", "providers", "secret", "origin", "paths", "fetch", "onSession", "onSignOut", "onEvent"});
/// What the app's code has to say about a sign-in is missed where it has no value; a default takes the others' place.
constexpr auto kNeededFunctions = std::to_array<std::string_view>({"onSession", "onSignOut"});
constexpr auto kOriginOptions = std::to_array<std::string_view>({"trustedHosts"});

// In the order of Paths.
constexpr auto kPathOptions = std::to_array<std::string_view>(
    {"signIn", "callback", "signOut", "confirm", "error", "afterSignIn", "afterSignOut", "afterRecovery"});
constexpr std::string_view Paths::*kPaths[] = {&Paths::sign_in,        &Paths::callback,      &Paths::sign_out,
                                               &Paths::confirm,        &Paths::error,         &Paths::after_sign_in,
                                               &Paths::after_sign_out, &Paths::after_recovery};
constexpr std::size_t kCallback = 1;
/// The first of them are routes of ours; the last of these may have a query.
constexpr std::size_t kRoutes = 5;
constexpr std::size_t kError = 4;

/// The option's path as people write it.
Text dotted(std::string_view path) {
  Text out;
  for (const char c : path) out += c == '/' ? '.' : c;
  return out;
}

Problem expect(const Value& value, Kind kind) { return value.kind == kind ? Problem::none : Problem::type; }

/// One reading of a configuration: takes the members one by one and stops at the first that is wrong.
class ConfigReader {
 public:
  explicit ConfigReader(Config& config) : config_(config) {}

  std::optional<ConfigError> read(const Document& json) {
    for (const Document::Member& member : json.members) {
      const Problem problem = read_member(member.path, member.value);
      if (problem != Problem::none)
        return ConfigError{.parameter = dotted(member.path), .problem = problem, .suggestion = suggestion_};
    }
    if (config_.providers.empty() && project_ == nullptr)
      return ConfigError{.parameter = "providers", .problem = Problem::missing};
    if (config_.paths.after_recovery.empty()) config_.paths.after_recovery = config_.paths.after_sign_in;
    const bool has_origin = !config_.origin.fixed.empty() || !config_.origin.trusted_hosts.empty();
    if (is_secret_given_ && secrets_.empty()) config_.missing.push_back("secret");
    if (is_origin_given_ && !has_origin) config_.missing.push_back("origin");
    const ConfigError error = complete();
    if (error.problem != Problem::none) return error;
    return check_routes();
  }

 private:
  /// Fills up what the options leave open. What waits for a value is left as it is: nothing uses it before.
  ConfigError complete() {
    const Secrets secrets{.list = {secrets_.data(), secrets_.size()},
                          .is_awaited = is_secret_given_ && secrets_.empty()};
    if (project_ != nullptr && config_.supabase_missing.empty()) {
      const ConfigError error = complete_project(*project_, secrets);
      if (error.problem != Problem::none) return error;
      config_.supabase = project_;
    }
    for (Provider& provider : config_.providers) {
      if (provider.callback.empty()) provider.callback = default_callback(provider.name);
      if (!provider.missing.empty()) continue;
      const ConfigError error = complete_provider(provider, secrets);
      if (error.problem != Problem::none) return error;
    }
    return {.problem = Problem::none};
  }

  [[nodiscard]] Text default_callback(std::string_view name) const {
    const std::string_view base = config_.paths.callback;
    return concat(base, base.ends_with('/') ? "" : "/", name);
  }

  /// Each route has its own path; and no two callbacks are one to a provider that matches redirect_uris by their
  /// beginning. Supabase's may be the beginning of another, up to a slash: it does not match that way.
  std::optional<ConfigError> check_routes() {
    for (std::size_t i = 0; i < kRoutes; ++i) config_.routes.push_back(normalize_route(route(i)));
    for (const Provider& provider : config_.providers) config_.routes.push_back(normalize_route(provider.callback));
    for (std::size_t i = 0; i < kRoutes; ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (is_same_route(route(i), route(j)))
          return ConfigError{.parameter = concat("paths.", kPathOptions[i]), .problem = Problem::nested};
    for (std::size_t i = 0; i < config_.providers.size(); ++i) {
      const Provider& provider = config_.providers[i];
      bool is_nested = false;
      for (std::size_t j = 0; j < i; ++j) is_nested |= are_nested(config_.providers[j].callback, provider.callback);
      for (std::size_t j = 0; j < kRoutes; ++j)
        is_nested |= j != kCallback && is_same_route(route(j), provider.callback);
      const bool is_below = is_route_below(provider.callback, config_.paths.callback);
      is_nested |= project_ != nullptr && !is_below && are_nested(config_.paths.callback, provider.callback);
      if (is_nested)
        return ConfigError{.parameter = option_path(provider.name, "callback"), .problem = Problem::nested};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string_view route(std::size_t option) const {
    const std::string_view path = config_.paths.*kPaths[option];
    return path.substr(0, path.find('?'));
  }

  Problem read_member(std::string_view path, const Value& value) {
    const std::string_view option = take_until(path, '/');
    if (option == "providers") return read_provider(path, value);
    if (option == "supabase") return read_supabase(path, value);
    if (option == "secret") return read_secret(path, value);
    if (option == "origin") return read_origin(path, value);
    if (option == "paths") return read_path(path, value);
    for (const std::string_view function : kOptions) {
      if (option != function) continue;
      if (value.kind == Kind::null) {
        for (const std::string_view needed : kNeededFunctions)
          if (option == needed) config_.missing.push_back(option);
        return Problem::none;
      }
      config_.wants_session |= option == "onSession" && value.text == "true";
      config_.wants_sign_out |= option == "onSignOut" && value.text == "true";
      return expect(value, Kind::boolean);
    }
    return unknown(option, kOptions);
  }

  Problem read_supabase(std::string_view path, const Value& value) {
    if (path.empty() && value.kind == Kind::null) return Problem::none;
    if (project_ == nullptr) project_ = &place<supabase::Project>();
    return read_supabase_option(config_, *project_, path, value, suggestion_);
  }

  Problem read_provider(std::string_view path, const Value& value) {
    if (path.empty()) return value.kind == Kind::null ? Problem::none : expect(value, Kind::object);
    const bool is_option = path.find('/') != std::string_view::npos;
    const std::string_view name = take_until(path, '/');
    if (!is_option) {
      if (value.kind != Kind::object && !value.is_unset()) return Problem::type;
      if (!is_provider_name(name)) return Problem::value;
      Provider& provider = config_.providers.push_back({});
      provider.name = name;
      if (value.is_unset()) provider.missing.push_back(option_path(name, "clientId"));
      return Problem::none;
    }
    if (config_.providers.empty() || config_.providers.back().name != name) return Problem::value;
    return read_provider_option(config_.providers.back(), path, value, suggestion_);
  }

  Problem read_secret(std::string_view path, const Value& value) {
    is_secret_given_ = true;
    if (path.empty() && value.kind == Kind::array) return Problem::none;
    // The newest has to be there: to seal with an older one would be to take back a change of keys.
    if (value.is_unset()) is_newest_missing_ |= secrets_.empty();
    if (value.is_unset() || is_newest_missing_) return Problem::none;
    if (!value.is_string()) return Problem::type;
    if (value.text.size() < kMinSecretBytes) return Problem::too_short;
    secrets_.push_back(value.text);
    return Problem::none;
  }

  Problem read_origin(std::string_view path, const Value& value) {
    is_origin_given_ = true;
    if (value.is_unset()) return Problem::none;
    if (path.empty()) {
      if (value.kind == Kind::object) return Problem::none;
      if (!value.is_string()) return Problem::type;
      const auto url = parse_url(value.text);
      if (!url || url->target != "/" || url->has_fragment) return Problem::url;
      if (!is_secure_url(*url)) return Problem::insecure;
      config_.origin.fixed = url->origin;
      return Problem::none;
    }
    const std::string_view option = take_until(path, '/');
    if (option != kOriginOptions[0]) return unknown(option, kOriginOptions);
    if (path.empty()) return expect(value, Kind::array);
    if (!value.is_string() || !is_host_pattern(value.text)) return Problem::value;
    config_.origin.trusted_hosts.push_back(value.text);
    return Problem::none;
  }

  Problem read_path(std::string_view path, const Value& value) {
    if (path.empty()) return value.kind == Kind::null ? Problem::none : expect(value, Kind::object);
    for (std::size_t i = 0; i < kPathOptions.size(); ++i) {
      if (kPathOptions[i] != path) continue;
      if (value.is_unset()) return Problem::none;
      if (!value.is_string()) return Problem::type;
      Text encoded;
      // The error and landing paths may have a query; none may have a fragment, which is ours to set.
      const bool is_safe = check_next(value.text, "", encoded) == NextVerdict::unchanged;
      if (!is_safe || value.text.find_first_of(i < kError ? "?#" : "#") != std::string_view::npos)
        return Problem::value;
      config_.paths.*kPaths[i] = value.text;
      config_.has_own_error_page |= path == "error";
      return Problem::none;
    }
    return unknown(path, kPathOptions);
  }

  Problem unknown(std::string_view name, std::span<const std::string_view> known) {
    suggestion_ = nearest(name, known);
    return Problem::unknown;
  }

  Config& config_;
  supabase::Project* project_ = nullptr;
  List<std::string_view> secrets_;
  bool is_secret_given_ = false;
  bool is_newest_missing_ = false;
  bool is_origin_given_ = false;
  std::string_view suggestion_;
};

}  // namespace

std::string_view problem_name(Problem problem) {
  constexpr auto kNames = std::to_array<std::string_view>({
#define LANDFALL_ENUMERATOR(name) #name,
      LANDFALL_PROBLEM(LANDFALL_ENUMERATOR)
#undef LANDFALL_ENUMERATOR
  });
  return kNames[static_cast<std::size_t>(problem)];
}

std::optional<ConfigError> read_config(std::string_view json, Config& config) {
  constexpr std::size_t kOptionDepth = 5;
  const auto document = json.size() <= kMaxConfigBytes ? parse_json(json, {}, kOptionDepth) : nullptr;
  if (document == nullptr || document->root.kind != Kind::object) return ConfigError{.problem = Problem::json};
  return ConfigReader(config).read(*document);
}

}  // namespace landfall
