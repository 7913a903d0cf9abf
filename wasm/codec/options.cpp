#include "codec/options.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "base/text.hpp"
#include "flow/config.hpp"

namespace landfall {
namespace {

/// The struct that the options of a scope fill.
template <Scope>
struct Filled;
#define LANDFALL_SCOPE(scope, type, ...)            \
  template <>                                       \
  struct Filled<Scope::scope> {                     \
    using Struct = type;                            \
    static_assert(std::is_standard_layout_v<type>); \
  };
#include "codec/options.def"

/// Whether a member can hold the value of an option of this form.
template <class T>
consteval bool fits_member(Form form) {
  switch (form) {
    case Form::authorization_params:
    case Form::query_params:
      return std::is_same_v<T, Parameters>;
    case Form::hosts:
      return std::is_same_v<T, List<std::string_view>>;
    case Form::choice:
      return std::is_same_v<T, bool> || (std::is_enum_v<T> && sizeof(T) == 1);
    case Form::promise:
      return std::is_same_v<T, Promise>;
    case Form::seconds:
    case Form::age:
      return std::is_same_v<T, std::int64_t>;
    case Form::flag:
    case Form::function:
      return std::is_same_v<T, bool>;
    default:
      return std::is_same_v<T, std::string_view>;
  }
}

template <class T, Form form>
consteval std::uint16_t slot(std::size_t offset) {
  static_assert(fits_member<T>(form), "options.def: the option's member is of another type than its form");
  return static_cast<std::uint16_t>(offset);
}

/// The limit of a row for the parser: the texts of a choice. Only the glue uses the types of functions.
consteval std::string_view choices(Form form, std::string_view limit) { return form == Form::choice ? limit : ""; }

constexpr auto kOptions = std::to_array<Option>({
#define LANDFALL_ROW(scope, name, form, blocks, limit, opens, slot) \
  {#name, choices(Form::form, limit), Scope::scope, Form::form, Blocks::blocks, Scope::opens, slot},
#define LANDFALL_OPTION(scope, name, form, fills, blocks, limit, ...)                            \
  LANDFALL_ROW(scope, name, form, blocks, limit, members,                                        \
               (slot<decltype(std::declval<Filled<Scope::scope>::Struct&>().fills), Form::form>( \
                   offsetof(Filled<Scope::scope>::Struct, fills))))
#define LANDFALL_OPTION_OBJECT(scope, name, form, opens, blocks, limit, ...) \
  LANDFALL_ROW(scope, name, form, blocks, limit, opens, Option::kNoSlot)
#define LANDFALL_OPTION_OTHER(scope, name, form, none, blocks, limit, ...) \
  LANDFALL_ROW(scope, name, form, blocks, limit, members, Option::kNoSlot)
#include "codec/options.def"
#undef LANDFALL_ROW
});

}  // namespace

std::span<const Option> options_of(Scope scope) {
  const auto is_inside = [scope](const Option& option) { return option.scope == scope; };
  const auto first = std::find_if(kOptions.begin(), kOptions.end(), is_inside);
  return {first, std::find_if_not(first, kOptions.end(), is_inside)};
}

const Option* find_option(Scope scope, std::string_view name) {
  for (const Option& option : options_of(scope))
    if (option.name == name) return &option;
  return nullptr;
}

}  // namespace landfall
