#include "rules/setting.hpp"

#include <array>

#include "base/ascii.hpp"

namespace landfall {
namespace {

struct Known {
  std::string_view option;
  std::string_view variable;
};

/// The variables that the documentation names. Hooks have no variable.
constexpr auto kKnown = std::to_array<Known>({
    {"secret", "AUTH_SECRET"},
    {"origin", "APP_ORIGIN"},
    {"supabase.url", "SUPABASE_URL"},
    {"supabase.key", "SUPABASE_ANON_KEY"},
    {"onSession", ""},
    {"onSignOut", ""},
});

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

Text variable_name(std::string_view option) {
  for (const Known& known : kKnown)
    if (known.option == option) return known.variable;
  constexpr std::string_view kProviders = "providers.";
  if (option.starts_with(kProviders)) option.remove_prefix(kProviders.size());
  Text variable;
  char last = '\0';
  for (const char c : option) {
    if (is_upper(c) && is_lower(last)) variable += '_';
    if (is_lower(c))
      variable += static_cast<char>(c - 'a' + 'A');
    else
      variable += is_upper(c) || is_digit(c) ? c : '_';
    last = c;
  }
  return variable;
}

Text explain_not_set(std::string_view option) {
  const Text variable = variable_name(option);
  return variable.empty()
             ? concat("`", option, "` is undefined when createAuth reads it: is it exported, and imported in time?")
             : concat("`", option, "` has no value: is the environment variable ", variable, " set?");
}

}  // namespace landfall
