#pragma once

#include <valgrind/callgrind.h>

#include <cstddef>
#include <string>

#include "base/memory.hpp"

/// Counts instructions: under `valgrind --tool=callgrind` each counted call becomes a dump named after it, which
/// tests/cpu-instructions/count.mjs reads.
namespace landfall::instructions {

/// While this lives, memory comes one block after the other from a place of its own. What a call costs then depends on
/// that call, and not on what was freed before it.
class FreshMemory {
 public:
  FreshMemory();
  ~FreshMemory();
  FreshMemory(const FreshMemory&) = delete;
  FreshMemory& operator=(const FreshMemory&) = delete;
};

/// Counts one call; `label` names it in the report.
template <class Call>
void count(const std::string& label, const Call& call) {
  const FreshMemory fresh;
  Memory memory;
  const MemoryScope scope(memory);
  CALLGRIND_ZERO_STATS;
  call();
  CALLGRIND_DUMP_STATS_AT(label.c_str());
}

/// Says what is wrong and ends the program: a count of something else would prove nothing.
void require(bool holds, const std::string& what);

void count_comparisons();
void count_requests();

}  // namespace landfall::instructions
