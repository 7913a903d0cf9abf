#include "codec/message.hpp"

#include "core_case.hpp"
#include "guarded_text.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

VECTOR_TEST(Message, message) {
  const std::string text = bytes(c.at("message"));
  const GuardedText exact(text);
  const auto message = Message::parse(exact);
  const Json& wanted = c.at("fields");
  ASSERT_EQ(message.has_value(), !wanted.is_null());
  if (!message) return;
  ASSERT_EQ(message->size(), wanted.size());
  MessageBuilder builder;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ((*message)[i], bytes(wanted.at(i)));
    builder.add((*message)[i]);
  }
  EXPECT_EQ((*message)[wanted.size()], "") << "an absent field is empty";
  EXPECT_EQ(builder.build(), text);
}

// Whatever comes: an answer that is a message. 12 operations, of which four are none.
TEST(Message, AnyBytesGetAnAnswer) {
  Core core;
  const std::string few{"\21\0\0\0\2\0\0\0\1\0\0\0\0\0\0\0a", 17};
  for (std::uint32_t operation = 0; operation < 12; ++operation) {
    for (const std::string_view text : {std::string_view(), std::string_view("abc"), std::string_view(few)}) {
      Memory call_memory;
      const MemoryScope call(call_memory);
      const auto answer = Message::parse(core.handle(static_cast<Operation>(operation), text));
      ASSERT_TRUE(answer);
      if (!Message::parse(text)) EXPECT_EQ((*answer)[respond_field::code], "internal_error");
    }
  }
}

}  // namespace
}  // namespace landfall
