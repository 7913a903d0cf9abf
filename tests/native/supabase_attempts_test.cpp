#include "supabase_case.hpp"

namespace landfall {
namespace {

/// Which verifiers a callback tries.
class SupabaseAttempts : public SupabaseCase {
 protected:
  /// Sign-ins of several tabs, one a second; the jar then has all of their cookies, more than we leave in a browser.
  /// @returns their verifiers' cookies, oldest first.
  std::vector<std::string> sign_in_often(std::size_t times) {
    std::vector<std::string> verifiers;
    std::map<std::string, std::string> all;
    for (std::size_t i = 0; i < times; ++i, ++now) {
      jar.clear();
      sign_in();
      verifiers.push_back(cookie("-code-verifier"));
      for (const auto& [name, value] : jar) all[name] = value;
    }
    jar = all;
    return verifiers;
  }

  void drop_verifiers() {
    std::erase_if(jar, [](const auto& one) { return one.first.ends_with("-code-verifier"); });
  }

  std::string& transaction_of(const std::string& flow_id) { return jar.at("__Host-landfall-" + flow_id.substr(0, 10)); }

  /// The verifiers that are tried where none is right.
  std::vector<std::string> tried() {
    std::vector<std::string> verifiers;
    StepCase step = call_back(with_code());
    for (; step.kind() == StepKind::fetch && verifiers.size() < 20; step = answer(step, kBadVerifier, 400))
      verifiers.push_back(as_cookie("\"" + body_of(step).at("code_verifier").get<std::string>() + "\""));
    expect_failure(step, "bad_code_verifier");
    return verifiers;
  }
};

TEST_F(SupabaseAttempts, AtMostFiveSealedOnesNewestFirst) {
  configure({{"exactRedirectTo", true}});
  const std::vector<std::string> all = sign_in_often(kMaxSealedAttempts + 2);
  std::vector<std::string> newest(all.rbegin(), all.rbegin() + kMaxSealedAttempts);
  // Those that a sign-out of supabase-js has removed are in our transactions too.
  drop_verifiers();
  EXPECT_EQ(tried(), newest);
}

TEST_F(SupabaseAttempts, AtMostFiveSealedOnesWithTheirCookies) {
  configure();
  const std::vector<std::string> all = sign_in_often(kMaxSealedAttempts + 1);
  const std::vector<std::string> some = tried();
  EXPECT_EQ(some.size(), kMaxSealedAttempts);
  EXPECT_EQ(some.front(), all.back());
}

TEST_F(SupabaseAttempts, AForgedTransactionSaysNothing) {
  configure();
  const std::string flow_id = sign_in("provider=github&next=%2Fforged");
  drop_verifiers();
  std::string& sealed = transaction_of(flow_id);
  sealed[0] = sealed[0] == 'A' ? 'B' : 'A';
  const StepCase step = call_back(with_code("&sb_flow_id=" + flow_id));
  expect_failure(step, "transaction_invalid");
  EXPECT_EQ(step.at(respond_field::provider), "bitbucket") << "the only one of the configuration";
  EXPECT_EQ(step.at(respond_field::next), "");
  EXPECT_TRUE(set_cookies(step).empty());
}

TEST_F(SupabaseAttempts, ATransactionOfAFlowThatBeginsAlikeIsAnothers) {
  configure();
  std::string flow_id = sign_in();
  char& letter = flow_id[20];
  letter = letter == 'A' ? 'B' : 'A';
  expect_failure(call_back(with_code("&sb_flow_id=" + flow_id)), "transaction_invalid");
}

TEST_F(SupabaseAttempts, AnExpiredTransactionIsNotTried) {
  configure();
  sign_in();
  drop_verifiers();
  now += kTransactionSeconds - 1;
  EXPECT_EQ(call_back(with_code()).kind(), StepKind::fetch);
  ++now;
  expect_failure(call_back(with_code()), "code_verifier_missing");
}

TEST_F(SupabaseAttempts, AVerifierOfAnotherProjectIsInNobodysWay) {
  configure();
  const std::string flow_id = sign_in();
  jar["sb-other-auth-token-code-verifier"] = as_cookie("\"" + std::string(43, 'o') + "\"");
  EXPECT_EQ(call_back(with_code("&sb_flow_id=" + flow_id)).kind(), StepKind::fetch);
  EXPECT_EQ(call_back(with_code()).kind(), StepKind::fetch);
}

}  // namespace
}  // namespace landfall
