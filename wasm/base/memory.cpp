#include "base/memory.hpp"

#if defined(__wasm__)

#include <new>

namespace landfall {

void* allocate(std::size_t bytes) { return ::operator new(bytes); }

}  // namespace landfall

#else

namespace landfall {
namespace {

thread_local Memory* innermost = nullptr;

}  // namespace

MemoryScope::MemoryScope(Memory& memory) : outer_(innermost) { innermost = &memory; }
MemoryScope::~MemoryScope() { innermost = outer_; }

void* allocate(std::size_t bytes) {
  // Outside of any scope (a unit test) memory lives as long as its thread.
  thread_local Memory rest_of_thread;
  Memory& memory = innermost != nullptr ? *innermost : rest_of_thread;
  return memory.blocks_.emplace_back(new std::byte[bytes]).get();
}

}  // namespace landfall

#endif
