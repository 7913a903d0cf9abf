#include "base/memory.hpp"

#if defined(__wasm__)

#include <new>

namespace landfall {

void* allocate(std::size_t bytes) { return ::operator new(bytes); }

}  // namespace landfall

#else

#include <algorithm>
#include <cstring>

namespace landfall {
namespace {

/// Blocks share chunks of this size. Under AddressSanitizer each block is its own chunk, so that it sees their bounds.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kChunkBytes = 0;
#elif defined(__has_feature)
constexpr std::size_t kChunkBytes = __has_feature(address_sanitizer) ? 0 : 1024;
#else
constexpr std::size_t kChunkBytes = 1024;
#endif

thread_local Memory* innermost = nullptr;

}  // namespace

MemoryScope::MemoryScope(Memory& memory) : outer_(innermost) { innermost = &memory; }
MemoryScope::~MemoryScope() { innermost = outer_; }

void* allocate(std::size_t bytes) {
  // Outside of all scopes (in a unit test), memory lives as long as its thread.
  thread_local Memory rest_of_thread;
  Memory& memory = innermost != nullptr ? *innermost : rest_of_thread;
  constexpr std::size_t kAlign = alignof(std::max_align_t);
  const std::size_t needed = (std::max<std::size_t>(bytes, 1) + kAlign - 1) / kAlign * kAlign;
  if (memory.rest_.size() < needed) {
    const std::size_t size = kChunkBytes == 0 ? bytes : std::max(needed, kChunkBytes);
    memory.rest_ = {memory.chunks_.emplace_back(new std::byte[size], Memory::Wipe{size}).get(), size};
  }
  std::byte* block = memory.rest_.data();
  memory.rest_ = memory.rest_.subspan(std::min(needed, memory.rest_.size()));
  return block;
}

void Memory::Wipe::operator()(std::byte* chunk) const {
  // A compiler may remove a memset just before a free, but not a call of a function that it does not know.
  static void* (*const volatile fill)(void*, int, std::size_t) = std::memset;
  fill(chunk, 0, bytes);
  delete[] chunk;
}

}  // namespace landfall

#endif
