#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#if !defined(__wasm__)
#include <memory>
#include <span>
#include <vector>
#endif

/// Everything that a call allocates lives until the call ends, and is then freed at once. So text and lists have no
/// destructors, copies share their bytes, and a function can return a view. This halves the module's size and leaves no
/// secrets in it.
namespace landfall {

/// Memory for the rest of the call, aligned for anything. In Wasm it comes from the arena that `landfall_wipe` clears;
/// natively, it belongs to the innermost MemoryScope's Memory.
void* allocate(std::size_t bytes);

/// Puts a copy of a value into call memory. Functions return large values as references to it, because a copy at each
/// return costs more code bytes than the rest of a function.
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

/// Owns the memory that its scopes allocate. In Wasm the arena owns it, and this class is empty.
class Memory {
#if !defined(__wasm__)
 public:
  /// Zeroes and frees every chunk.
  void clear() { *this = Memory(); }

 private:
  friend void* allocate(std::size_t bytes);
  /// Zeroes a chunk before it is freed, because it may hold a token.
  struct Wipe {
    std::size_t bytes = 0;
    void operator()(std::byte* chunk) const;
  };
  std::vector<std::unique_ptr<std::byte[], Wipe>> chunks_;
  /// The unused end of the last chunk.
  std::span<std::byte> rest_;
#else
 public:
  void clear() {}
#endif
};

/// A Memory owns everything that this thread allocates in this scope. Scopes nest.
class MemoryScope {
 public:
#if !defined(__wasm__)
  explicit MemoryScope(Memory& memory);
  ~MemoryScope();
#else
  explicit MemoryScope(Memory& /*memory*/) {}
  ~MemoryScope() {}  // NOLINT(modernize-use-equals-default): with a trivial one, every scope is an unused variable
#endif
  MemoryScope(const MemoryScope&) = delete;
  MemoryScope& operator=(const MemoryScope&) = delete;

#if !defined(__wasm__)
 private:
  Memory* outer_;
#endif
};

}  // namespace landfall
