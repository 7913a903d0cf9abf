#pragma once

namespace landfall {

// What a build can do, by the CMake options of these names. Each capability is asked for where it begins: by the
// members of Config, and by the operations on sessions. Link-time optimisation leaves out what nothing reaches then.
// They are no macros, so another choice compiles one file again.

/// LANDFALL_SUPABASE: sign-ins through Supabase Auth.
extern const bool kHasSupabase;
/// LANDFALL_PROVIDERS: sign-ins at providers that the app speaks to directly.
extern const bool kHasProviders;
/// LANDFALL_SESSION: sessions of our own, and what asks who is signed in.
extern const bool kHasSessions;
/// LANDFALL_PAGES: the error page and the confirm page; without them every page is empty.
extern const bool kHasPages;
/// LANDFALL_DESCRIBE: the description of the messages.
extern const bool kHasDescription;

}  // namespace landfall
