// The calls whose instructions are counted: comparisons of secrets, parsers of hostile text, and whole requests.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>

#include "count.hpp"
#include "parsers.hpp"

namespace {

constexpr std::size_t kFreshBytes = std::size_t{1} << 29;
// Zero pages until they are written to.
alignas(std::max_align_t) std::array<std::byte, kFreshBytes> fresh;
std::size_t used = 0;
bool is_fresh = false;

bool is_in_fresh(const void* block) { return block >= fresh.data() && block < fresh.data() + fresh.size(); }

// Not inlined: GCC would take it for a mistake that new's block goes to free.
[[gnu::noinline]] void give_back(void* block) {
  if (!is_in_fresh(block)) std::free(block);
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (!is_fresh) {
    if (void* block = std::malloc(bytes)) return block;
    std::abort();
  }
  const std::size_t at = used;
  used += (bytes + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
  if (used > fresh.size()) std::abort();
  return fresh.data() + at;
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void operator delete(void* block) noexcept { give_back(block); }
void operator delete[](void* block) noexcept { operator delete(block); }
void operator delete(void* block, std::size_t /*bytes*/) noexcept { operator delete(block); }
void operator delete[](void* block, std::size_t /*bytes*/) noexcept { operator delete(block); }

namespace landfall::instructions {

FreshMemory::FreshMemory() { is_fresh = true; }
FreshMemory::~FreshMemory() {
  is_fresh = false;
  used = 0;
}

void require(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

}  // namespace landfall::instructions

/// `comparisons`, `texts`, `json` or `requests`: what to count.
int main(int count, char** arguments) {
  using namespace landfall::instructions;
  const std::string_view part = count == 2 ? arguments[1] : "";
  if (part == "comparisons")
    count_comparisons();
  else if (part == "texts")
    count_parsers(text_parsers());
  else if (part == "json")
    count_parsers(json_parsers());
  else if (part == "requests")
    count_requests();
  else
    require(false, "comparisons, texts, json or requests?");
}
