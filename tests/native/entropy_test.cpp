#include "rules/entropy.hpp"

#include "base/capabilities.hpp"
#include "core_case.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

VECTOR_TEST(Entropy, entropy) { EXPECT_EQ(is_entropy(vectors::bytes(c.at("bytes"))), c.at("is_entropy").get<bool>()); }

/// The options, with the providers that this build has; and their names.
std::string make_config(std::vector<std::string>& names) {
  vectors::Json options = {{"origin", "https://app.example"}, {"secret", std::string(32, 's')}};
  if (kHasProviders) {
    options["providers"]["work"] = {{"clientId", "client-1"},
                                    {"clientSecret", "s"},
                                    {"authorizationEndpoint", "https://as.example/authorize"},
                                    {"tokenEndpoint", "https://as.example/token"}};
    names.emplace_back("work");
  }
  if (kHasSupabase) {
    options["supabase"] = {{"url", "https://abc.supabase.co"}, {"key", "anon"}};
    options["supabase"]["providers"]["bitbucket"] = vectors::Json::object();
    names.emplace_back("bitbucket");
  }
  return options.dump();
}

/// Each way to start a sign-in, at a provider and through Supabase Auth.
VECTOR_TEST(EntropyOfASignIn, entropy) {
  Core core;
  std::vector<std::string> names;
  handle(core, Operation::configure, {make_config(names)});
  const std::string wanted = c.at("is_entropy").get<bool>() ? "" : "entropy_unavailable";
  const std::string entropy = vectors::bytes(c.at("bytes"));
  for (const std::string& provider : names) {
    SCOPED_TRACE(provider);
    RequestCase request{.fields = {{RequestField::now, "1750000000"},
                                   {RequestField::entropy, entropy},
                                   {RequestField::method, "GET"},
                                   {RequestField::url, "/auth/sign-in?provider=" + provider}},
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
