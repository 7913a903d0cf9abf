// The safe-`next` check: whatever comes in, what goes out is a path of this origin and a fixed point.
#include "rules/next.hpp"

#include <array>

#include "input.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::string_view, 4> kOrigins{"", "https://app.example", "http://localhost:3000",
                                                     "https://app.example:8443"};
  if (size == 0) return 0;
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view origin = kOrigins[data[0] % kOrigins.size()];
  const std::string_view next(reinterpret_cast<const char*>(data) + 1, size - 1);
  Text encoded;
  const NextVerdict verdict = check_next(next, origin, encoded);
  if (verdict == NextVerdict::refused) return 0;
  const std::string_view out = verdict == NextVerdict::encoded ? encoded.view() : next;
  CHECK(out.starts_with('/') && !out.starts_with("//"));
  for (const char c : out) CHECK(c > 0x20 && c < 0x7F && c != '\\');
  Text again;
  CHECK(check_next(out, origin, again) == NextVerdict::unchanged);
  return 0;
}
