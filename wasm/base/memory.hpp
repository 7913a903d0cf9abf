#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#if !defined(__wasm__)
#include <memory>
#include <vector>
#endif

/// Everything that a call makes lives until the call is over, and then goes at once. So text and lists have no
/// destructors, copies share their bytes, and what a function returns can be a view: this halves the module, and
/// nothing secret is left in it.
namespace landfall {

/// Memory for the rest of the call, aligned for anything. In Wasm it comes from the arena that `landfall_wipe` clears;
/// natively each block is an allocation of its own, so that AddressSanitizer sees its bounds, and belongs to the
/// innermost MemoryScope's Memory.
void* allocate(std::size_t bytes);

/// Puts a copy of a value into call memory. What is large is returned by reference to such a place: a copy at each
/// return costs more bytes than anything else that a function does.
template <class T>
T& place(const T& value) {
  static_assert(std::is_trivially_destructible_v<T>);
  return *new (allocate(sizeof(T))) T(value);
}

/// Puts a new object into call memory.
template <class T>
T& place() {
  static_assert(std::is_trivially_destructible_v<T>);
  return *new (allocate(sizeof(T))) T();
}

/// Owns what was allocated in its scopes. In Wasm the arena does, and this is nothing.
class Memory {
#if !defined(__wasm__)
 public:
  /// Zeroes every block and gives it back.
  void clear() { blocks_.clear(); }

 private:
  friend void* allocate(std::size_t bytes);
  /// Zeroes a block before it goes: it may have held a token.
  struct Wipe {
    std::size_t bytes = 0;
    void operator()(std::byte* block) const;
  };
  std::vector<std::unique_ptr<std::byte[], Wipe>> blocks_;
#else
 public:
  void clear() {}
#endif
};

/// Everything that this thread allocates in here goes to a Memory; scopes nest.
class MemoryScope {
 public:
#if !defined(__wasm__)
  explicit MemoryScope(Memory& memory);
  ~MemoryScope();
#else
  explicit MemoryScope(Memory& /*memory*/) {}
  ~MemoryScope() {}  // NOLINT(modernize-use-equals-default): a trivial one would make every scope an unused variable
#endif
  MemoryScope(const MemoryScope&) = delete;
  MemoryScope& operator=(const MemoryScope&) = delete;

#if !defined(__wasm__)
 private:
  Memory* outer_;
#endif
};

}  // namespace landfall
