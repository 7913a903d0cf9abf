// Included before each file of a core that has mutants: the number in LANDFALL_MUTANT is the one that is on. A program that
// ends writes the numbers of all that it came by to the file that LANDFALL_REACHED names.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <type_traits>

struct LandfallMutants {
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

  static constexpr int kMost = 1 << 16;
  int on = -1;
  bool reached[kMost] = {};
};

inline LandfallMutants landfall_mutants;

constexpr bool landfall_mutant(int number) {
  if (std::is_constant_evaluated()) return false;
  landfall_mutants.reached[number] = true;
  return number == landfall_mutants.on;
}
