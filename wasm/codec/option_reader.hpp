#pragma once

#include <string_view>

#include "base/list.hpp"
#include "codec/config.hpp"
#include "json/document.hpp"
#include "rules/supabase/project.hpp"

namespace landfall {

/// The facts about the options that the reader does not put into a Config, for complete_config.hpp.
struct GivenOptions {
  /// Null without the option `supabase`.
  supabase::Project* project = nullptr;
  /// The secrets that have a value, newest first.
  List<std::string_view> secrets;
  bool has_secret = false;
  bool has_origin = false;
};

/// Reads a document by the table of options.def, member by member, and stops at the first that is wrong; Problem::none
/// when all is well.
ConfigError read_options(const Document& json, Config& config, GivenOptions& given);

}  // namespace landfall
