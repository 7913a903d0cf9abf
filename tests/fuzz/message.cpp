// Messages: the reader stays within its bytes, and what it accepts is written again as it was.
#include "codec/message.hpp"

#include "input.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto message = Message::parse(bytes);
  if (!message) return 0;
  MessageBuilder again;
  for (std::size_t i = 0; i < message->size(); ++i) again.add((*message)[i]);
  CHECK(again.build() == bytes);
  CHECK((*message)[message->size()].empty());
  return 0;
}
