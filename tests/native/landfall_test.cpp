#include "abi/landfall.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "codec/message.hpp"

namespace landfall {
namespace {

TEST(NativeLibrary, AMessageHasALimit) {
  Landfall core;
  for (const bool is_one_field : {true, false}) {
    Fields large;
    for (std::size_t i = 0; i < (is_one_field ? 1u : 32u); ++i)
      large.set(i, std::string(kMaxMessageBytes / (is_one_field ? 1 : 32), '/'));
    EXPECT_EQ(core.handle(Operation::check_next, large).size(), 0u);
    for (const Operation operation : {Operation::configure, Operation::describe, Operation::serve, Operation::start,
                                      Operation::get_session, Operation::load_metadata, Operation::fail}) {
      const Fields step = core.handle(operation, large);
      EXPECT_EQ(step.step(), StepKind::respond);
      EXPECT_EQ(step[RespondField::code], "request_too_large");
    }
  }
  Fields largest;
  largest.set(0, std::string(kMaxMessageBytes - kMessageHeadBytes - 4, 'x'));
  EXPECT_EQ(core.handle(Operation::configure, largest).step(), StepKind::refused);
}

TEST(NativeLibrary, AnOperationThatIsNotThereIsRefused) {
  Landfall core;
  const auto first = static_cast<std::uint32_t>(Operation::fail) + 1;
  for (const std::uint32_t number : {first, first + 1, 255u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
    Fields request;
    request.set(RequestField::url, "https://app.example/auth/callback?code=c&state=s");
    const Fields step = core.handle(static_cast<Operation>(number), request);
    ASSERT_EQ(step.step(), StepKind::respond) << number;
    EXPECT_EQ(step[RespondField::code], "internal_error");
    EXPECT_EQ(step[RespondField::parameter], "operation");
  }
}

TEST(NativeLibrary, EveryVerdictOfCheckNextTellsItsPath) {
  Landfall core;
  const auto check = [&](std::string_view next) {
    Fields fields;
    fields.set(0, next);
    fields.set(1, "https://app.example");
    return core.handle(Operation::check_next, fields);
  };
  EXPECT_EQ(check("//evil.example").size(), 0u);
  EXPECT_EQ(check("/plain").size(), 2u);
  const Fields encoded = check("/f\xC3\xBC\x72");
  ASSERT_EQ(encoded.size(), 1u);
  EXPECT_EQ(encoded.at(0), "/f%C3%BCr") << "the text is read after it was written, whatever the compiler";
}

}  // namespace
}  // namespace landfall
