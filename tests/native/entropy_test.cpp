#include "rules/entropy.hpp"

#include "core_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

VECTOR_TEST(Entropy, entropy) { EXPECT_EQ(is_entropy(vectors::bytes(c.at("bytes"))), c.at("is_entropy").get<bool>()); }

constexpr std::string_view kConfig =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","providers":{"work":{)"
    R"("clientId":"client-1","clientSecret":"s","authorizationEndpoint":"https://as.example/authorize",)"
    R"("tokenEndpoint":"https://as.example/token"}},)"
    R"("supabase":{"url":"https://abc.supabase.co","key":"anon","providers":{"bitbucket":{}}}})";

/// Each way to start a sign-in, at a provider and through Supabase Auth.
VECTOR_TEST(EntropyOfASignIn, entropy) {
  Core core;
  handle(core, Operation::configure, {std::string(kConfig)});
  const std::string wanted = c.at("is_entropy").get<bool>() ? "" : "entropy_unavailable";
  const std::string entropy = vectors::bytes(c.at("bytes"));
  for (const char* provider : {"work", "bitbucket"}) {
    SCOPED_TRACE(provider);
    RequestCase request{.fields = {{RequestField::now, "1750000000"},
                                   {RequestField::entropy, entropy},
                                   {RequestField::method, "GET"},
                                   {RequestField::url, std::string("/auth/sign-in?provider=") + provider}},
                        .headers = {}};
    const StepCase signed_in = serve(core, Route::sign_in, request);
    EXPECT_EQ(signed_in.at(respond_field::code), wanted);
    EXPECT_EQ(signed_in.headers(respond_field::header_0, "set-cookie").empty(), !wanted.empty());

    const StepCase started{handle(core, Operation::start, {"1750000000", entropy, provider, "/"})};
    EXPECT_EQ(started.kind() == StepKind::started, wanted.empty());
    if (!wanted.empty()) EXPECT_EQ(started.at(respond_field::code), wanted);
  }
}

}  // namespace
}  // namespace landfall
