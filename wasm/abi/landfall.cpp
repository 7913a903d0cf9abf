#include "abi/landfall.hpp"

#include "base/memory.hpp"
#include "codec/core.hpp"

namespace landfall {

Landfall::Landfall() : core_(std::make_unique<Core>()) {}
Landfall::~Landfall() = default;

Fields Landfall::configure(std::string_view json) {
  Fields fields;
  fields.set(0, json);
  return handle(Operation::configure, fields);
}

Fields Landfall::handle(Operation operation, const Fields& fields) {
  Memory call_memory;
  const MemoryScope scope(call_memory);
  MessageBuilder message;
  for (std::size_t i = 0; i < fields.size(); ++i) message.add(fields.at(i));
  const auto answer = Message::parse(core_->handle(operation, message.build()));
  Fields out(answer ? answer->size() : 0);
  for (std::size_t i = 0; i < out.size(); ++i) out.set(i, (*answer)[i]);
  return out;
}

}  // namespace landfall
