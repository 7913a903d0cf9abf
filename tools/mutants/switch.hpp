// Included before each file of a core that has mutants: one of them is on, and those that a run comes by are noted.
// Natively, LANDFALL_MUTANT is the number of the one that is on, and LANDFALL_REACHED a file for the numbers at the
// end. In the module, its host calls landfall_choose and landfall_reached.
#pragma once

#include <type_traits>

#if !defined(__wasm__)
#include <cstdio>
#include <cstdlib>
#endif

struct LandfallMutants {
  static constexpr int kMost = LANDFALL_MOST_MUTANTS;
  int on = -1;
  bool reached[kMost] = {};

#if !defined(__wasm__)
  LandfallMutants() {
    const char* const number = std::getenv("LANDFALL_MUTANT");
    if (number != nullptr) on = std::atoi(number);
  }
  ~LandfallMutants() {
    const char* const path = std::getenv("LANDFALL_REACHED");
    std::FILE* const file = path == nullptr ? nullptr : std::fopen(path, "w");
    if (file == nullptr) return;
    for (int number = 0; number < kMost; ++number)
      if (reached[number]) std::fprintf(file, "%d\n", number);
    std::fclose(file);
  }
#endif
};

inline LandfallMutants landfall_mutants;

constexpr bool landfall_mutant(int number) {
  if (std::is_constant_evaluated()) return false;
  landfall_mutants.reached[number] = true;
  return number == landfall_mutants.on;
}

#if defined(__wasm__)
extern "C" {
__attribute__((export_name("landfall_choose"), weak)) void landfall_choose(int number) { landfall_mutants.on = number; }
__attribute__((export_name("landfall_reached"), weak)) bool landfall_reached(int number) {
  return number < LandfallMutants::kMost && landfall_mutants.reached[number];
}
}
#endif
