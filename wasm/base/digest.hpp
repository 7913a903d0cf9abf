#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landfall {

/// The bytes of a hash, first byte first.
template <std::size_t bytes>
using Digest = std::array<std::uint8_t, bytes>;

/// A hash as a byte string. It is valid as long as the hash lives.
template <std::size_t bytes>
std::string_view as_bytes(const Digest<bytes>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
template <std::size_t bytes>
std::string_view as_bytes(Digest<bytes>&&) = delete;

}  // namespace landfall
