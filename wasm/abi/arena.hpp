#pragma once

namespace landfall {

/// Makes everything that is allocated so far survive `arena_wipe`: the parsed configuration.
/// Native builds use the ordinary allocator, and both functions do nothing.
void arena_keep();

/// Overwrites everything allocated since the last `arena_keep` with zeros and gives it back at once.
/// No object made since then may be touched afterwards, not even by its destructor.
void arena_wipe();

}  // namespace landfall
