#include "callback_case.hpp"
#include "flow/pending.hpp"

namespace landfall {
namespace {

/// A `resume` that the core did not write: of another version, damaged on its way, or made up.
class Resume : public CallbackCase {
 protected:
  void SetUp() override { configure(provider("work", kEndpoints)); }

  /// One of a sign-out that waits for the revocation: the provider, where it leads, cookies, a code.
  static std::string revoke(const std::string& fields) {
    return std::string(1, static_cast<char>('a' + static_cast<int>(Stage::revoke))) + fields;
  }

  StepCase go_on(const std::string& resume) {
    return run(Route::sign_out,
               {.fields = {{RequestField::resume, resume}, {RequestField::status, "200"}}, .headers = {}});
  }
};

TEST_F(Resume, GoesOn) {
  const StepCase done = go_on(revoke("4:work4:/bye0:0:0:0:0:0:0:"));
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(done.at(respond_field::provider), "work");
  EXPECT_EQ(done.headers(respond_field::header_0, "location"), std::vector<std::string>{"/bye#"});
  EXPECT_EQ(go_on(revoke("4:work4:/b\x7F"
                         "e0:0:0:0:0:0:0:"))
                .at(respond_field::code),
            "")
      << "it is ASCII";
}

TEST_F(Resume, EveryStageHasALetter) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::size_t count = stages::kNames.size();
  for (int byte = 0; byte < 128; ++byte) {
    const std::size_t stage = static_cast<std::size_t>(byte) - std::size_t{'a'};
    if (stage < count) continue;
    std::string resume(1, static_cast<char>(byte));
    for (std::size_t fields = 0; fields <= Pending::kFields; ++fields, resume += "0:")
      EXPECT_EQ(parse_resume(resume), nullptr) << resume;
  }
}

TEST_F(Resume, WhatIsDamagedIsNone) {
  for (const std::string& resume :
       {std::string("z0:"), std::string("A"), std::string("`"), std::string("{"),       // no stage
        revoke(""), revoke("4:work4:/bye0:0:0:0:0:0:"),                                 // too few fields
        revoke("4:work4:/bye0:0:0:0:0:0:0:0:"), revoke("4:work4:/bye0:0:0:0:0:0:0: "),  // too many
        revoke("4:work4:/bye0:0:0:0:0:0:1"),                                            // a length without an end
        revoke("x:4:/bye0:0:0:0:0:0:0:"), revoke(":4:/bye0:0:0:0:0:0:0:"),              // no length
        revoke("-1:4:/bye0:0:0:0:0:0:0:"), revoke("4:work4:/bye0:0:0:0:0:0:2:x"),       // a field that is cut
        revoke("4:work4:/bye0:0:0:0:0:0:1:"),
        revoke("4:work4:/b\x80"
               "e0:0:0:0:0:0:0:")}) {
    const StepCase refused = go_on(resume);
    ASSERT_EQ(refused.kind(), StepKind::respond) << resume;
    EXPECT_EQ(refused.at(respond_field::code), "internal_error") << resume;
    EXPECT_EQ(refused.at(respond_field::parameter), "resume") << resume;
    EXPECT_EQ(refused.headers(respond_field::header_0, "location"),
              std::vector<std::string>{"/auth/auth-code-error?error=internal_error#"})
        << resume;
  }
}

}  // namespace
}  // namespace landfall
