#include "base/capabilities.hpp"

namespace landfall {

const bool kHasSupabase = LANDFALL_HAS_SUPABASE;
const bool kHasProviders = LANDFALL_HAS_PROVIDERS;
const bool kHasSessions = LANDFALL_HAS_SESSION;
const bool kHasPages = LANDFALL_HAS_PAGES;
const bool kHasDescription = LANDFALL_HAS_DESCRIBE;

}  // namespace landfall
