#include "base/memory.hpp"

#if defined(__wasm__)

#include <new>

namespace landfall {

void* allocate(std::size_t bytes) { return ::operator new(bytes); }

}  // namespace landfall

#else

#include <cstring>

namespace landfall {
namespace {

thread_local Memory* innermost = nullptr;

}  // namespace

MemoryScope::MemoryScope(Memory& memory) : outer_(innermost) { innermost = &memory; }
MemoryScope::~MemoryScope() { innermost = outer_; }

void* allocate(std::size_t bytes) {
  // Outside of all scopes (in a unit test), memory lives as long as its thread.
  thread_local Memory rest_of_thread;
  Memory& memory = innermost != nullptr ? *innermost : rest_of_thread;
  return memory.blocks_.emplace_back(new std::byte[bytes], Memory::Wipe{bytes}).get();
}

void Memory::Wipe::operator()(std::byte* block) const {
  // A compiler may remove a memset just before a free, but not a call of a function that it does not know.
  static void* (*const volatile fill)(void*, int, std::size_t) = std::memset;
  fill(block, 0, bytes);
  delete[] block;
}

}  // namespace landfall

#endif
