#include "abi/arena.hpp"

#ifdef __wasm__

#include <cstddef>
#include <cstdint>

// The allocator of the Wasm build. A call allocates, answers, and is wiped as a whole; so memory is a pointer that
// moves up, and `free` does nothing.

extern "C" unsigned char __heap_base;  // NOLINT(bugprone-reserved-identifier): the linker's name

namespace {

constexpr std::uintptr_t kAlignmentBytes = 16;
constexpr std::size_t kPageBytes = 65536;
// No allocation comes near this; it keeps every sum below inside 32 bits.
constexpr std::size_t kMaxAllocationBytes = 1u << 30;

constexpr std::uintptr_t align_up(std::uintptr_t address) {
  return (address + kAlignmentBytes - 1) & ~(kAlignmentBytes - 1);
}

/// Stands before each block, so that realloc knows how much to copy.
struct alignas(kAlignmentBytes) Header {
  std::size_t size;
};

std::uintptr_t mark;  // the address that arena_wipe goes back to
std::uintptr_t top;   // the first free byte; 0 until the first use

std::uintptr_t heap_base() { return align_up(reinterpret_cast<std::uintptr_t>(&__heap_base)); }

/// Memory up to `end` exists, or false when the module's maximum is reached.
bool reserve(std::uintptr_t end) {
  const std::size_t pages = __builtin_wasm_memory_size(0);
  const std::size_t wanted = (end + kPageBytes - 1) / kPageBytes;
  if (wanted <= pages) return true;
  return __builtin_wasm_memory_grow(0, wanted - pages) != static_cast<std::size_t>(-1);
}

void* allocate(std::size_t size) {
  if (size > kMaxAllocationBytes) return nullptr;
  if (top == 0) top = mark = heap_base();
  const std::uintptr_t block = top + sizeof(Header);
  const std::uintptr_t end = align_up(block + size);
  if (!reserve(end)) return nullptr;
  top = end;
  reinterpret_cast<Header*>(block - sizeof(Header))->size = size;
  return reinterpret_cast<void*>(block);
}

/// Without a use of the pointer, LLVM 14 passes undef to `free`, and then takes the whole path for unreachable.
void ignore(void* block) { asm volatile("" : : "r"(block)); }

}  // namespace

namespace landfall {

void arena_keep() {
  if (top != 0) mark = top;
}

void arena_wipe() {
  __builtin_memset(reinterpret_cast<void*>(mark), 0, top - mark);
  top = mark;
}

}  // namespace landfall

extern "C" {

void* malloc(std::size_t size) { return allocate(size); }

// Fresh memory is zero, and arena_wipe leaves zeros behind.
void* calloc(std::size_t count, std::size_t size) {
  std::size_t bytes = 0;
  return __builtin_mul_overflow(count, size, &bytes) ? nullptr : allocate(bytes);
}

void* realloc(void* old, std::size_t size) {
  if (old == nullptr) return allocate(size);
  const auto block = reinterpret_cast<std::uintptr_t>(old);
  Header* header = reinterpret_cast<Header*>(block - sizeof(Header));
  if (size <= header->size) return old;
  if (size <= kMaxAllocationBytes && align_up(block + header->size) == top) {
    const std::uintptr_t end = align_up(block + size);
    if (!reserve(end)) return nullptr;
    top = end;
    header->size = size;
    return old;
  }
  void* block_new = allocate(size);
  if (block_new != nullptr) __builtin_memcpy(block_new, old, header->size);
  return block_new;
}

void free(void* block) { ignore(block); }

}  // extern "C"

// Without exceptions a failing `new` can only end the call: the host drops the instance and makes another.
void* operator new(std::size_t size) {
  void* block = allocate(size);
  if (block == nullptr) __builtin_trap();
  return block;
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* block) noexcept { ignore(block); }
void operator delete[](void* block) noexcept { ignore(block); }
void operator delete(void* block, std::size_t) noexcept { ignore(block); }
void operator delete[](void* block, std::size_t) noexcept { ignore(block); }

#else

namespace landfall {

void arena_keep() {}
void arena_wipe() {}

}  // namespace landfall

#endif
