#include <new>

#include "abi/landfall.h"
#include "base/limits.hpp"
#include "base/memory.hpp"
#include "codec/core.hpp"
#include "codec/message.hpp"

namespace {

/// A message without fields.
constexpr std::uint8_t kNothing[landfall::kMessageHeadBytes] = {landfall::kMessageHeadBytes};

}  // namespace

struct landfall_core {
  landfall::Core core;
  landfall::Memory call_memory;
};

extern "C" landfall_core* landfall_new() { return new (std::nothrow) landfall_core; }

extern "C" void landfall_free(landfall_core* core) { delete core; }

extern "C" const std::uint8_t* landfall_call(landfall_core* core, std::uint32_t operation, const std::uint8_t* message,
                                             std::size_t size) {
  core->call_memory.clear();
  if (size == 0) return kNothing;
  const landfall::MemoryScope scope(core->call_memory);
  auto wanted = static_cast<landfall::Operation>(operation);
  std::string_view bytes(reinterpret_cast<const char*>(message), size);
  if (size > landfall::kMaxMessageBytes) {
    landfall::MessageBuilder failure;
    failure.add("request_too_large");
    wanted = landfall::Operation::fail;
    bytes = landfall::place(failure.build());
  }
  return reinterpret_cast<const std::uint8_t*>(core->core.handle(wanted, bytes).data());
}
