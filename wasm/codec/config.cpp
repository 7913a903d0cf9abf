#include "codec/config.hpp"

#include <array>
#include <span>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/json.hpp"
#include "codec/nearest.hpp"
#include "codec/provider_options.hpp"
#include "codec/supabase_options.hpp"
#include "rules/next.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The functions come as `true`: what they do is the host's business, how they are spelled is ours.
constexpr auto kOptions = std::to_array<std::string_view>(
    {"supabase", "providers", "secret", "origin", "paths", "fetch", "onSession", "onSignOut", "onEvent"});
constexpr auto kOriginOptions = std::to_array<std::string_view>({"trustedHosts"});

// In the order of Paths.
constexpr auto kPathOptions = std::to_array<std::string_view>(
    {"signIn", "callback", "signOut", "confirm", "error", "afterSignIn", "afterSignOut", "afterRecovery"});
constexpr std::string_view Paths::*kPaths[] = {&Paths::sign_in,        &Paths::callback,      &Paths::sign_out,
                                               &Paths::confirm,        &Paths::error,         &Paths::after_sign_in,
                                               &Paths::after_sign_out, &Paths::after_recovery};
constexpr std::size_t kRoutes = 4;

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
    if (config_.providers.empty() && config_.supabase == nullptr)
      return ConfigError{.parameter = "providers", .problem = Problem::missing};
    if (config_.paths.after_recovery.empty()) config_.paths.after_recovery = config_.paths.after_sign_in;
    if (config_.supabase != nullptr) {
      const std::string_view option = complete_project(*project_, {secrets_.data(), secrets_.size()});
      if (!option.empty()) return ConfigError{.parameter = concat("supabase.", option), .problem = Problem::missing};
    }
    for (Provider& provider : config_.providers) {
      const std::string_view option = complete_provider(provider, {secrets_.data(), secrets_.size()});
      if (option.empty()) continue;
      const bool is_own = option != "secret";
      return ConfigError{.parameter = is_own ? concat("providers.", provider.name, ".", option).view() : option,
                         .problem = Problem::missing};
    }
    return std::nullopt;
  }

 private:
  Problem read_member(std::string_view path, const Value& value) {
    const std::string_view option = take_until(path, '/');
    if (option == "providers") return read_provider(path, value);
    if (option == "supabase") return read_supabase(path, value);
    if (option == "secret") return read_secret(path, value);
    if (option == "origin") return read_origin(path, value);
    if (option == "paths") return read_path(path, value);
    config_.wants_session |= option == "onSession";
    for (const std::string_view function : kOptions)
      if (option == function) return expect(value, Kind::boolean);
    return unknown(option, kOptions);
  }

  Problem read_supabase(std::string_view path, const Value& value) {
    if (project_ == nullptr) {
      project_ = &place<supabase::Project>();
      config_.supabase = project_;
    }
    return read_supabase_option(*project_, path, value, suggestion_);
  }

  Problem read_provider(std::string_view path, const Value& value) {
    if (path.empty()) return expect(value, Kind::object);
    const bool is_option = path.find('/') != std::string_view::npos;
    const std::string_view name = take_until(path, '/');
    if (!is_option) {
      if (value.kind != Kind::object) return Problem::type;
      if (!is_provider_name(name)) return Problem::value;
      config_.providers.push_back({}).name = name;
      return Problem::none;
    }
    if (config_.providers.empty() || config_.providers.back().name != name) return Problem::value;
    return read_provider_option(config_.providers.back(), path, value, suggestion_);
  }

  Problem read_secret(std::string_view path, const Value& value) {
    if (path.empty() && value.kind == Kind::array) return Problem::none;
    if (!value.is_string()) return Problem::type;
    if (value.text.size() < kMinSecretBytes) return Problem::too_short;
    secrets_.push_back(value.text);
    return Problem::none;
  }

  Problem read_origin(std::string_view path, const Value& value) {
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
    if (path.empty()) return expect(value, Kind::object);
    for (std::size_t i = 0; i < kPathOptions.size(); ++i) {
      if (kPathOptions[i] != path) continue;
      if (!value.is_string()) return Problem::type;
      Text encoded;
      // The error and landing paths may have a query; none may have a fragment, which is ours to set.
      const bool is_safe = check_next(value.text, "", encoded) == NextVerdict::unchanged;
      if (!is_safe || value.text.find_first_of(i < kRoutes ? "?#" : "#") != std::string_view::npos)
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
