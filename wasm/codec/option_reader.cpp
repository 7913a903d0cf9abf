#include "codec/option_reader.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/nearest.hpp"
#include "codec/option_value.hpp"
#include "codec/options.hpp"
#include "rules/authorization_url.hpp"
#include "rules/provider.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// For an origin with a path: the option for the path.
std::string_view suggest_base_path(std::string_view origin) {
  return concat("basePath: '", parse_url(origin)->path(), "'").view();
}

class OptionReader {
 public:
  OptionReader(Config& config, GivenOptions& given) : config_(config), given_(given) {
    levels_[0] = {.scope = Scope::root, .option = nullptr, .filled = &config, .name_at = 0};
  }

  ConfigError read(const Document& json) {
    for (const Document::Member& member : json.members) {
      member_ = &member;
      const Problem problem = read_member();
      if (problem == Problem::path) suggestion_ = suggest_base_path(member.value.text);
      if (problem != Problem::none) return {.parameter = path(), .problem = problem, .suggestion = suggestion_};
    }
    return {.problem = Problem::none};
  }

 private:
  /// An open object or list, and the meaning of its members.
  struct Level {
    Scope scope;
    /// The option that has it as its value, or as a member of its value.
    const Option* option;
    void* filled;
    /// Where the names of its members begin in their paths.
    std::size_t name_at;
  };

  Problem read_member() {
    const Level& level = levels_[member_->depth];
    Level& inside = levels_[member_->depth + 1];
    inside = level;
    inside.name_at = member_->path.size() + 1;
    const std::string_view name = member_->path.substr(level.name_at);
    if (level.scope == Scope::members) return read_element(*level.option, name, inside);
    inside.option = find_option(level.scope, name);
    if (inside.option == nullptr) {
      suggestion_ = nearest(name, level.scope);
      return Problem::unknown;
    }
    return read_option(*inside.option, inside);
  }

  Problem read_option(const Option& option, Level& inside) {
    const Value& value = member_->value;
    given_.has_secret |= option.form == Form::secret;
    given_.has_origin |= option.form == Form::origin;
    if (value.is_unset()) {
      if (List<std::string_view>* missing = blocked_by(option)) missing->push_back(path());
      return Problem::none;
    }
    inside.scope = Scope::members;
    switch (option.form) {
      case Form::project:
        inside.filled = given_.project = &place<supabase::Project>();
        [[fallthrough]];
      case Form::object:
        inside.scope = option.opens;
        [[fallthrough]];
      case Form::providers:
      case Form::project_providers:
      case Form::authorization_params:
      case Form::query_params:
        return expect(value, Kind::object);
      case Form::origin:
        inside.scope = option.opens;
        return value.kind == Kind::object ? Problem::none : read_value(option, value, inside.filled);
      case Form::session:
        inside.scope = option.opens;
        config_.session.is_wanted = value.kind == Kind::object || value.text == "true";
        return value.kind == Kind::object ? Problem::none : expect(value, Kind::boolean);
      case Form::hosts:
        return expect(value, Kind::array);
      case Form::tenant:
        // A list without a member is nobody, and not everybody.
        if (value.kind == Kind::array) option.member<std::string_view>(inside.filled) = kNobody;
        [[fallthrough]];
      case Form::scopes:
      case Form::parameters:
        return value.kind == Kind::array ? Problem::none : read_value(option, value, inside.filled);
      case Form::secret:
        return value.kind == Kind::array ? Problem::none : read_secret();
      default:
        return read_value(option, value, inside.filled);
    }
  }

  /// A member of a list, or one whose name the app chose.
  Problem read_element(const Option& option, std::string_view name, Level& inside) {
    const Value& value = member_->value;
    switch (option.form) {
      case Form::providers:
      case Form::project_providers:
        inside.scope = option.opens;
        return value.kind == Kind::object || value.is_unset() ? read_provider(option, name, inside) : Problem::type;
      case Form::authorization_params:
      case Form::query_params:
        return read_parameter(option, name, inside);
      case Form::secret:
        return read_secret();
      case Form::tenant:
        if (value.is_unset()) config_.direct.back().missing.push_back(path());
        [[fallthrough]];
      default:
        return value.is_unset() ? Problem::none : read_value(option, value, inside.filled);
    }
  }

  Problem read_provider(const Option& option, std::string_view name, Level& inside) {
    if (option.form == Form::project_providers) {
      if (!supabase::is_auth_provider_name(name)) return Problem::value;
      supabase::ProviderRow& row = given_.project->providers.push_back({});
      row.name = name;
      inside.filled = &row;
      return Problem::none;
    }
    if (!is_provider_name(name)) return Problem::value;
    Provider& provider = config_.direct.push_back({});
    provider.name = name;
    inside.filled = &provider;
    if (member_->value.is_unset()) provider.missing.push_back(option_path(name, "clientId"));
    return Problem::none;
  }

  Problem read_parameter(const Option& option, std::string_view name, Level& inside) {
    const Value& value = member_->value;
    const bool is_direct = option.form == Form::authorization_params;
    if (name.empty()) return Problem::value;
    if (is_direct ? is_reserved_parameter(name) : supabase::is_reserved_authorize_parameter(name))
      return Problem::reserved;
    const bool is_max_age = is_direct && name == "max_age";
    // A parameter without a value counts as left out (RFC 6749 3.1); but max_age is a check of ours too.
    if (value.is_unset() && is_max_age) config_.direct.back().missing.push_back(path());
    if (value.is_unset()) return Problem::none;
    if (!value.is_string() && value.kind != Kind::number) return Problem::type;
    if (is_max_age) {
      std::optional<std::int64_t>& max_age = config_.direct.back().max_age;
      max_age = parse_decimal(value.text);
      if (!max_age) return Problem::value;
    }
    option.member<Parameters>(inside.filled).push_back({name, value.text});
    return Problem::none;
  }

  Problem read_secret() {
    const Value& value = member_->value;
    // The newest has to be there: to seal with an older one would be to take back a change of keys.
    if (value.is_unset()) is_newest_missing_ |= given_.secrets.empty();
    if (value.is_unset() || is_newest_missing_) return Problem::none;
    if (!value.is_string()) return Problem::type;
    if (value.text.size() < kMinSecretBytes) return Problem::too_short;
    given_.secrets.push_back(value.text);
    return Problem::none;
  }

  /// The list that notes an option without a value, for the part that it blocks. `secret` and `origin` may be or hold
  /// lists, so complete_config finds out whether they have a value.
  List<std::string_view>* blocked_by(const Option& option) {
    if (option.blocks == Blocks::provider) return &config_.direct.back().missing;
    if (option.blocks == Blocks::supabase) return &config_.supabase_missing;
    return option.blocks == Blocks::everything && option.form == Form::function ? &config_.missing : nullptr;
  }

  /// The member's path as people write it, each name as it is spelled.
  [[nodiscard]] Text path() const {
    Text out = member_->path;
    for (std::size_t i = 1; i <= member_->depth; ++i) out.writable()[levels_[i].name_at - 1] = '.';
    return out;
  }

  /// The option of a scope that a name most likely means.
  static std::string_view nearest(std::string_view name, Scope scope) {
    List<std::string_view> known;
    for (const Option& option : options_of(scope)) known.push_back(option.name);
    return landfall::nearest(name, {known.data(), known.size()});
  }

  Config& config_;
  GivenOptions& given_;
  const Document::Member* member_ = nullptr;
  /// One for each open level, and one for the level that the last of them may open.
  std::array<Level, kMaxOptionDepth + 1> levels_{};
  bool is_newest_missing_ = false;
  std::string_view suggestion_;
};

}  // namespace

ConfigError read_options(const Document& json, Config& config, GivenOptions& given) {
  return OptionReader(config, given).read(json);
}

}  // namespace landfall
