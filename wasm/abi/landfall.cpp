#include "abi/landfall.hpp"

#include "base/limits.hpp"
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

namespace {

/// Whether a message is too large: landfall_input refuses the same size in the module.
bool is_too_large(const Fields& fields) {
  std::size_t bytes = kMessageHeadBytes;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields.at(i).size() > kMaxMessageBytes) return true;
    bytes += 4 + fields.at(i).size();
  }
  return bytes > kMaxMessageBytes;
}

}  // namespace

Fields Landfall::handle(Operation operation, const Fields& fields) {
  if (is_too_large(fields)) {
    if (operation == Operation::check_next) return Fields();
    Fields failure;
    failure.set(FailField::code, "request_too_large");
    return handle(Operation::fail, failure);
  }
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
