/// The whole surface to a host. Write a message to landfall_input's address, call landfall_handle, read the message at
/// the address that it returns. The next landfall_input wipes the memory of the last call; landfall_wipe does it now.
/// Nothing is imported.
#include <cstdint>
#include <cstring>

#include "abi/arena.hpp"
#include "abi/landfall.h"  // natively, landfall_abi is one of its functions
#include "base/limits.hpp"
#include "codec/core.hpp"
#include "codec/fields.hpp"

namespace {

/// Stands before and behind the input. A host that writes past either end is broken, and nobody knows which data it
/// overwrote.
constexpr std::uint64_t kFence = 0x62fa07b851e63c9d;
constexpr std::uint32_t kFenceBytes = sizeof kFence;

std::uint32_t input_size = 0;
char* input = nullptr;
landfall::Core core;
landfall::Memory call_memory;

void put_fence(char* at) { std::memcpy(at, &kFence, kFenceBytes); }

void check_fence(const char* at) {
  std::uint64_t fence = 0;
  std::memcpy(&fence, at, kFenceBytes);
  if (fence != kFence) __builtin_trap();
}

}  // namespace

#if defined(__wasm__)
#define LANDFALL_EXPORT(name) extern "C" __attribute__((export_name(#name)))
#else
#define LANDFALL_EXPORT(name) extern "C"
#endif

LANDFALL_EXPORT(landfall_abi) std::uint32_t landfall_abi() { return LANDFALL_ABI; }

/// Zeroes everything that calls have allocated; only the configuration stays. It does not zero the stack: later calls
/// overwrite the data there.
LANDFALL_EXPORT(landfall_wipe) void landfall_wipe() {
  call_memory.clear();
  landfall::arena_wipe();
  input = nullptr;
  input_size = 0;
}

/// Room for a message of `size` bytes; null when that is more than kMaxMessageBytes.
LANDFALL_EXPORT(landfall_input) char* landfall_input(std::uint32_t size) {
  landfall_wipe();
  if (size > landfall::kMaxMessageBytes) return nullptr;
  const landfall::MemoryScope scope(call_memory);
  input = static_cast<char*>(landfall::allocate(size + 2 * kFenceBytes)) + kFenceBytes;
  input_size = size;
  put_fence(input - kFenceBytes);
  put_fence(input + size);
  return input;
}

/// Performs an operation on the message in the input. Traps when more than the room was written to.
LANDFALL_EXPORT(landfall_handle) const char* landfall_handle(std::uint32_t operation) {
  std::uint32_t size = 0;
  if (input != nullptr) {
    check_fence(input - kFenceBytes);
    check_fence(input + input_size);
    if (input_size >= sizeof size) std::memcpy(&size, input, sizeof size);
  }
  const std::string_view message = size <= input_size ? std::string_view(input, size) : std::string_view();
  const landfall::MemoryScope scope(call_memory);
  const landfall::Text output = core.handle(static_cast<landfall::Operation>(operation), message);
  if (operation == static_cast<std::uint32_t>(landfall::Operation::configure)) landfall::arena_keep();
  return output.data();
}
