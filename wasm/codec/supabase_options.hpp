#pragma once

#include <span>
#include <string_view>

#include "base/list.hpp"
#include "codec/config.hpp"
#include "json/document.hpp"
#include "rules/supabase/project.hpp"

namespace landfall {

/// Takes one option of `supabase`; `path` is relative to it ("url", "cookieOptions/name"). One without a value goes
/// into Config::supabase_missing where it is needed. @param suggestion filled for Problem::unknown with the known
/// option that looks like it, if there is one.
Problem read_supabase_option(Config& config, supabase::Project& project, std::string_view path, const Value& value,
                             std::string_view& suggestion);

/// Checks that nothing is missing, and that cookies can be written; derives the keys from the secrets, or from the
/// project's key when there are none. What is wrong, or Problem::none.
ConfigError complete_project(supabase::Project& project, const Secrets& secrets);

}  // namespace landfall
