#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/fields.hpp"
#include "core_message.hpp"
#include "flow/pending.hpp"

/// The arrows between stages: those of stages.def, and what a call of the core takes, as a host sees it.
namespace landfall::stages {

/// From a route or a stage to a stage, by name.
using Arrow = std::pair<std::string, std::string>;

inline constexpr auto kNames = std::to_array<std::string_view>({
#define LANDFALL_NAME(stage, ...) #stage,
    LANDFALL_STAGE(LANDFALL_NAME)
#undef LANDFALL_NAME
});

inline std::string name_of(Stage stage) { return std::string(kNames.at(static_cast<std::size_t>(stage))); }

/// Every arrow of the table.
inline const std::set<Arrow>& listed() {
  using enum Stage;
  static const std::set<Arrow> arrows = [] {
    std::set<Arrow> out;
    const auto add = [&out](const std::string& from, const std::vector<Stage>& next) {
      for (const Stage stage : next) out.emplace(from, name_of(stage));
    };
#define LANDFALL_LIST(...) {__VA_ARGS__}
#define LANDFALL_FLOW_ARROWS(route, next) add(#route, LANDFALL_LIST next);
#define LANDFALL_STAGE_ARROWS(stage, asks, fields, next) add(#stage, LANDFALL_LIST next);
    LANDFALL_FLOW(LANDFALL_FLOW_ARROWS)
    LANDFALL_STAGE(LANDFALL_STAGE_ARROWS)
#undef LANDFALL_STAGE_ARROWS
#undef LANDFALL_FLOW_ARROWS
#undef LANDFALL_LIST
    return out;
  }();
  return arrows;
}

/// The names of the fields that each stage carries.
inline const std::map<std::string, std::set<std::string>>& carried() {
  static const std::map<std::string, std::set<std::string>> fields = [] {
    std::map<std::string, std::set<std::string>> out;
    const auto add = [&out](const std::string& stage, std::string_view list) {
      std::set<std::string>& names = out[stage];
      for (std::size_t i = list.find_first_not_of("(, )"); i < list.size(); i = list.find_first_not_of("(, )", i)) {
        const std::size_t end = list.find_first_of(",)", i);
        names.emplace(list.substr(i, end - i));
        i = end;
      }
    };
#define LANDFALL_FIELDS(stage, asks, fields, next) add(#stage, #fields);
    LANDFALL_STAGE(LANDFALL_FIELDS)
#undef LANDFALL_FIELDS
    return out;
  }();
  return fields;
}

/// The route of a request: the one that its host called, else the one of its path.
inline std::string route_of(const std::vector<std::string>& in) {
  const std::string& called = in.at(static_cast<std::size_t>(RequestField::route));
  if (!called.empty()) return called;
  const std::string& url = in.at(static_cast<std::size_t>(RequestField::url));
  if (url.find("/confirm") != std::string::npos) return "confirm";
  return url.find("/sign-out") != std::string::npos ? "sign_out" : "callback";
}

/// The arrow that a call takes: none where the flow ends, or where the same request is to come again.
/// @param in REQUEST's fields. @param out the step's.
inline std::optional<Arrow> arrow_of(Operation operation, const std::vector<std::string>& in, const StepCase& out) {
  const bool is_question = operation == Operation::get_user || operation == Operation::require_session ||
                           operation == Operation::get_access_token || operation == Operation::verify_logout_token;
  if ((operation != Operation::serve && !is_question) || out.fields.empty() || out.at(fetch_field::resume).empty())
    return std::nullopt;
  Memory memory;
  const MemoryScope scope(memory);
  const Pending* before = parse_resume(in.at(static_cast<std::size_t>(RequestField::resume)));
  const Pending* after = parse_resume(out.at(fetch_field::resume));
  const std::string begins = is_question ? "question" : route_of(in);
  return Arrow{before == nullptr ? begins : name_of(before->stage),
               after == nullptr ? "nowhere" : name_of(after->stage)};
}

}  // namespace landfall::stages
