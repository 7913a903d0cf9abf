#include "rules/entropy.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace landfall {

bool is_entropy(std::string_view bytes) {
  if (bytes.size() < kEntropyBytes) return false;
  for (const std::size_t size : {kStateEntropyBytes, kCodeVerifierEntropyBytes, kNonceEntropyBytes}) {
    const std::string_view part = bytes.substr(0, size);
    if (part.find_first_not_of(part.front()) == std::string_view::npos) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

std::string_view draw(std::string_view entropy, Drawn what) {
  constexpr std::size_t kParts = 4;
  constexpr std::size_t kBytes = kEntropyBytes / kParts;
  const std::size_t from = static_cast<std::size_t>(what) * kBytes;
  return entropy.substr(std::min(from, entropy.size()), kBytes);
}

}  // namespace landfall
