#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "codec/core.hpp"
#include "core_message.hpp"
#include "stages.hpp"

/// The core as JavaScript sees it: messages in, messages out, nothing kept between the calls.
namespace landfall {

/// The fields of a message as texts of their own.
inline std::vector<std::string> fields_of(std::string_view bytes) {
  std::vector<std::string> fields;
  const auto message = Message::parse(bytes);
  EXPECT_TRUE(message.has_value());
  if (message)
    for (std::size_t i = 0; i < message->size(); ++i) fields.emplace_back((*message)[i]);
  return fields;
}

/// The arrows between stages that this process has taken.
inline std::set<stages::Arrow>& taken_arrows() {
  static std::set<stages::Arrow> arrows;
  return arrows;
}

/// Performs one operation in a memory of its own, which is gone afterwards. An arrow that stages.def does not have
/// fails the test.
inline std::vector<std::string> handle(Core& core, Operation operation, const std::vector<std::string>& fields) {
  Memory call_memory;
  const MemoryScope call(call_memory);
  MessageBuilder message;
  for (const std::string& field : fields) message.add(std::string_view(field));
  const StepCase step{fields_of(core.handle(operation, message.build()))};
  if (const auto arrow = stages::arrow_of(operation, fields, step)) {
    EXPECT_TRUE(stages::listed().contains(*arrow)) << "not in stages.def: " << arrow->first << " to " << arrow->second;
    taken_arrows().insert(*arrow);
  }
  return step.fields;
}

}  // namespace landfall
