#include "codec/config.hpp"

#include <array>
#include <span>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/json.hpp"
#include "codec/nearest.hpp"
#include "codec/provider_options.hpp"
#include "rules/next.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The functions come as `true`: what they do is the host's business, how they are spelled is ours.
constexpr auto kFunctions = std::to_array<std::string_view>({"fetch", "onSession", "onSignOut", "onEvent"});
constexpr auto kOptions = std::to_array<std::string_view>(
    {"providers", "secret", "origin", "paths", "fetch", "onSession", "onSignOut", "onEvent"});
constexpr auto kOriginOptions = std::to_array<std::string_view>({"trustedHosts"});

struct PathRow {
  std::string_view name;
  std::string_view Paths::*path;
};
constexpr auto kPathOptions = std::to_array<PathRow>({{"signIn", &Paths::sign_in},
                                                      {"callback", &Paths::callback},
                                                      {"signOut", &Paths::sign_out},
                                                      {"error", &Paths::error},
                                                      {"afterSignIn", &Paths::after_sign_in},
                                                      {"afterSignOut", &Paths::after_sign_out}});
constexpr auto kPathNames =
    std::to_array<std::string_view>({"signIn", "callback", "signOut", "error", "afterSignIn", "afterSignOut"});

/// The option's path as people write it.
Text dotted(std::string_view path) {
  Text out;
  for (const char c : path) out += c == '/' ? '.' : c;
  return out;
}

/// One reading of a configuration: takes the members one by one and stops at the first that is wrong.
class ConfigReader {
 public:
  explicit ConfigReader(Config& config) : config_(config) {}

  std::optional<ConfigError> read(const Document& json) {
    for (const Document::Member& member : json.members) {
      const auto error = read_member(member.path, member.value);
      if (error) return error;
    }
    if (config_.providers.empty()) return ConfigError{.parameter = "providers", .problem = Problem::missing};
    for (Provider& provider : config_.providers) {
      auto error = complete_provider(provider, {secrets_.data(), secrets_.size()});
      if (error) return error;
    }
    return std::nullopt;
  }

 private:
  std::optional<ConfigError> read_member(std::string_view path, const Value& value) {
    const std::size_t slash = path.find('/');
    const std::string_view option = path.substr(0, slash);
    const std::string_view rest = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (option == "providers") return read_provider(path, rest, value);
    if (option == "secret") return read_secret(path, rest, value);
    if (option == "origin") return read_origin(path, rest, value);
    if (option == "paths") return read_path(path, rest, value);
    for (const std::string_view function : kFunctions)
      if (option == function) return expect(path, value, Kind::boolean);
    return unknown(path, option, kOptions);
  }

  std::optional<ConfigError> read_provider(std::string_view path, std::string_view rest, const Value& value) {
    if (rest.empty()) return expect(path, value, Kind::object);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
      if (value.kind != Kind::object) return wrong(path, Problem::type);
      if (!is_provider_name(rest)) return wrong(path, Problem::value);
      config_.providers.push_back({}).name = rest;
      return std::nullopt;
    }
    if (config_.providers.empty() || config_.providers.back().name != rest.substr(0, slash)) return wrong(path, Problem::value);
    auto error = read_provider_option(config_.providers.back(), rest.substr(slash + 1), value);
    if (error) error->parameter = dotted(path);
    return error;
  }

  std::optional<ConfigError> read_secret(std::string_view path, std::string_view rest, const Value& value) {
    if (rest.empty() && value.kind == Kind::array) return std::nullopt;
    if (!value.is_string()) return wrong(path, Problem::type);
    if (value.text.size() < kMinSecretBytes) return wrong(path, Problem::too_short);
    secrets_.push_back(value.text);
    return std::nullopt;
  }

  std::optional<ConfigError> read_origin(std::string_view path, std::string_view rest, const Value& value) {
    if (rest.empty()) {
      if (value.kind == Kind::object) return std::nullopt;
      if (!value.is_string()) return wrong(path, Problem::type);
      const auto url = parse_url(value.text);
      if (!url || url->target != "/" || url->has_fragment) return wrong(path, Problem::url);
      if (!is_secure_url(*url)) return wrong(path, Problem::insecure);
      config_.origin.fixed = url->origin;
      return std::nullopt;
    }
    if (!rest.starts_with("trustedHosts")) return unknown(path, rest, kOriginOptions);
    if (rest == "trustedHosts") return expect(path, value, Kind::array);
    if (!value.is_string() || !is_host_pattern(value.text)) return wrong(path, Problem::value);
    config_.origin.trusted_hosts.push_back(value.text);
    return std::nullopt;
  }

  std::optional<ConfigError> read_path(std::string_view path, std::string_view rest, const Value& value) {
    if (rest.empty()) return expect(path, value, Kind::object);
    for (const PathRow& row : kPathOptions) {
      if (row.name != rest) continue;
      if (!value.is_string()) return wrong(path, Problem::type);
      Text encoded;
      // The error and landing paths may have a query; none may have a fragment, which is ours to set.
      if (check_next(value.text, "", encoded) != NextVerdict::unchanged || value.text.find('#') != std::string_view::npos)
        return wrong(path, Problem::value);
      const bool is_route = rest == "signIn" || rest == "callback" || rest == "signOut";
      if (is_route && value.text.find('?') != std::string_view::npos) return wrong(path, Problem::value);
      config_.paths.*row.path = value.text;
      return std::nullopt;
    }
    return unknown(path, rest, kPathNames);
  }

  static std::optional<ConfigError> wrong(std::string_view path, Problem problem) {
    return ConfigError{.parameter = dotted(path), .problem = problem};
  }

  static std::optional<ConfigError> expect(std::string_view path, const Value& value, Kind kind) {
    return value.kind == kind ? std::nullopt : wrong(path, Problem::type);
  }

  static std::optional<ConfigError> unknown(std::string_view path, std::string_view name, std::span<const std::string_view> known) {
    return ConfigError{.parameter = dotted(path), .problem = Problem::unknown, .suggestion = nearest(name, known)};
  }

  Config& config_;
  List<std::string_view> secrets_;
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
  const auto document = json.size() <= kMaxConfigBytes ? parse_json(json, {}, kOptionDepth) : std::nullopt;
  if (!document || document->root.kind != Kind::object) return ConfigError{.problem = Problem::json};
  return ConfigReader(config).read(*document);
}

}  // namespace landfall
