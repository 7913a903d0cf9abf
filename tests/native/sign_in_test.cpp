#include "base/limits.hpp"
#include "base/sha256.hpp"
#include "callback_case.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

constexpr const char* kMetadata =
    R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
    R"("token_endpoint":"https://as.example/token","jwks_uri":"https://as.example/jwks"})";

/// The start of a sign-in with a direct provider.
class SignInDirect : public CallbackCase {
 protected:
  static std::string parameter_of(const std::string& url, std::string_view name) {
    Memory memory;
    const MemoryScope scope(memory);
    return std::string(read_form_field(std::string_view(url).substr(url.find('?') + 1), name).view());
  }

  static std::string location(const StepCase& step) {
    const auto values = step.headers(respond_field::header_0, "location");
    return values.empty() ? "" : values[0];
  }

  StepCase open(const std::string& query, const std::map<RequestField, std::string>& fields = {}) {
    RequestCase request{.fields = fields, .headers = {}};
    request.fields[RequestField::url] = "https://app.example/auth/sign-in" + query;
    return run(Route::sign_in, request);
  }

  /// Starts a sign-in without a request. @param scopes, @param query_params only Supabase has a use for them.
  StepCase start(const std::string& provider, const std::string& scopes = {}, const std::string& query_params = {}) {
    return {handle(core_, Operation::start,
                   {"1750000000", make_entropy(), provider, "/", scopes, query_params, "", "", ""})};
  }

  StepCase load(const std::string& provider, const std::map<RequestField, std::string>& fields = {}) {
    RequestCase request{.fields = fields, .headers = {}};
    request.fields[RequestField::url] = "/?provider=" + provider;
    return {handle(core_, Operation::load_metadata, complete(request).list())};
  }
};

TEST_F(SignInDirect, EachPartOfTheEntropyIsForOneSecret) {
  configure(provider("work", kIssuer + R"(,"jwksUri":"https://as.example/jwks",)" + kEndpoints));
  const std::string entropy = make_entropy();
  // A host may give more than is needed.
  for (const std::string& more : {std::string(), std::string("more")}) {
    const std::string url = location(open("?provider=work", {{RequestField::entropy, entropy + more}}));
    EXPECT_TRUE(parameter_of(url, "state").starts_with(encode(entropy.substr(0, 32)) + "-")) << url;
    const Sha256Digest challenge = sha256(encode(entropy.substr(32, 32)));
    EXPECT_EQ(parameter_of(url, "code_challenge"), encode(as_bytes(challenge)));
    EXPECT_EQ(parameter_of(url, "nonce"), encode(entropy.substr(64, 32)));
  }
}

TEST_F(SignInDirect, OnlyByAPageThatThePersonOpens) {
  configure(provider("work", kEndpoints));
  const StepCase put = open("?provider=work", {{RequestField::method, "PUT"}});
  EXPECT_EQ(put.at(respond_field::code), "method_not_allowed");
  EXPECT_EQ(put.headers(respond_field::header_0, "allow"), std::vector<std::string>{"GET, POST"});
  const StepCase frame =
      run(Route::sign_in,
          {.fields = {{RequestField::url, "/auth/sign-in?provider=work"}},
           .headers = {{RequestHeader::sec_fetch_mode, "navigate"}, {RequestHeader::sec_fetch_dest, "iframe"}}});
  EXPECT_EQ(frame.at(respond_field::code), "fetch_metadata");
}

TEST_F(SignInDirect, OnlyASingleProviderNeedsNoName) {
  configure(provider("work", kEndpoints));
  EXPECT_TRUE(location(open("")).starts_with("https://as.example/authorize?"));
  EXPECT_EQ(open("?provider=nobody").at(respond_field::code), "provider_unknown");
  configure(provider("work", kEndpoints) + "," + provider("other", kEndpoints));
  const StepCase unnamed = open("?next=%2Fa");
  EXPECT_EQ(unnamed.at(respond_field::code), "provider_unknown");
  EXPECT_EQ(unnamed.at(respond_field::parameter), "provider");
  EXPECT_EQ(location(unnamed), "/auth/auth-code-error?error=provider_unknown&next=%2Fa#");
}

// OpenID Connect Core 4: a provider or a portal sends a person to the sign-in.
TEST_F(SignInDirect, AThirdPartyMayStartIt) {
  configure(provider("work", kIssuer + R"(,"jwksUri":"https://as.example/jwks",)" + kEndpoints) + "," +
            provider("other", kEndpoints));
  const std::string asked = "?iss=https%3A%2F%2Fas.example&login_hint=ann%40example.com&target_link_uri=%2Fa";
  const StepCase step = open(asked);
  EXPECT_EQ(parameter_of(location(step), "login_hint"), "ann@example.com");
  EXPECT_EQ(step.at(respond_field::provider), "work");
  for (const char* nobody : {"?iss=https%3A%2F%2Fevil.example", "?iss=", "?iss=https%3A%2F%2Fas.example%2F"})
    EXPECT_EQ(open(nobody).at(respond_field::code), "provider_unknown") << nobody;
  EXPECT_EQ(parameter_of(location(open("?provider=other&iss=https%3A%2F%2Fas.example")), "login_hint"), "");
  const StepCase posted =
      run(Route::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=other"},
                                      {RequestField::method, "POST"},
                                      {RequestField::body, asked.substr(1)}},
                           .headers = {{RequestHeader::content_type, "application/x-www-form-urlencoded"}}});
  EXPECT_EQ(posted.at(respond_field::provider), "work") << "the form alone counts";
  EXPECT_EQ(parameter_of(location(posted), "login_hint"), "ann@example.com");
  const StepCase failed = open("?iss=x&target_link_uri=%2Fa");
  EXPECT_EQ(location(failed), "/auth/auth-code-error?error=provider_unknown&next=%2Fa#");
  const std::string longest(kMaxAskedParameterBytes, 'h');
  EXPECT_EQ(parameter_of(location(open("?provider=work&login_hint=" + longest)), "login_hint"), longest);
  EXPECT_EQ(parameter_of(location(open("?provider=work&login_hint=h" + longest)), "login_hint"), "");
  configure(provider("work", R"("authorizationParams":{"login_hint":"all"},)" + kEndpoints));
  EXPECT_EQ(parameter_of(location(open("?login_hint=ann")), "login_hint"), "all") << "the configuration wins";
}

TEST_F(SignInDirect, BesideSupabaseAProviderHasAName) {
  const std::string supabase =
      R"({"supabase":{"url":"https://abc.supabase.co","key":"anon","providers":{"bitbucket":{}}},)";
  ASSERT_EQ(handle(core_, Operation::configure, {supabase + options(provider("work", kEndpoints)).substr(1)}).at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  EXPECT_EQ(open("").at(respond_field::code), "provider_unknown");
  EXPECT_TRUE(location(open("?provider=work")).starts_with("https://as.example/"));
  EXPECT_TRUE(location(open("?provider=bitbucket")).starts_with("https://abc.supabase.co/"));
  EXPECT_EQ(parameter_of(location(open("?provider=bitbucket&login_hint=ann")), "login_hint"), "ann");
  EXPECT_EQ(location(open("?provider=bitbucket")).find("login_hint"), std::string::npos);
  const std::string longest(kMaxAskedParameterBytes, 'h');
  EXPECT_EQ(parameter_of(location(open("?provider=bitbucket&login_hint=" + longest)), "login_hint"), longest);
  EXPECT_EQ(parameter_of(location(open("?provider=bitbucket&login_hint=h" + longest)), "login_hint"), "");
}

TEST_F(SignInDirect, AStartSaysWhatIsWrong) {
  configure(R"("unset":{"clientId":null,)" + kEndpoints + "}," + provider("work", kEndpoints));
  EXPECT_EQ(start("work").kind(), StepKind::started);
  const StepCase unset = start("unset");
  EXPECT_EQ(unset.at(respond_field::code), "provider_not_configured");
  EXPECT_EQ(unset.at(respond_field::parameter), "providers.unset.clientId");
  EXPECT_EQ(start("nobody").at(respond_field::code), "provider_unknown");
  const StepCase scopes = start("work", "repo");
  EXPECT_EQ(scopes.at(respond_field::code), "config_invalid");
  EXPECT_EQ(scopes.at(respond_field::parameter), "scopes");
  const StepCase more = start("work", "", "a=b");
  EXPECT_EQ(more.at(respond_field::code), "config_invalid");
  EXPECT_EQ(more.at(respond_field::parameter), "queryParams");
}

TEST_F(SignInDirect, AStartNeedsAnOrigin) {
  const std::string hosts =
      R"({"secret":"0123456789abcdef0123456789abcdef","origin":{"trustedHosts":["app.example"]},)";
  ASSERT_EQ(handle(core_, Operation::configure,
                   {hosts + R"("supabase":{"url":"https://abc.supabase.co","key":"anon"},"providers":{)" +
                    provider("work", kEndpoints) + "}}"})
                .at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  for (const char* provider : {"work", "github"})
    EXPECT_EQ(start(provider).at(respond_field::code), "origin_required") << provider;
}

// A page in an app on a device has an origin that no provider comes back to.
TEST_F(SignInDirect, AStartNeedsAnOriginOfTheWeb) {
  const std::string more = R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"},"providers":{)";
  const std::string json =
      R"({"secret":"0123456789abcdef0123456789abcdef",)" + more.substr(1) + provider("work", kEndpoints) + "}}";
  ASSERT_EQ(handle(core_, Operation::configure, {json}).at(0), std::to_string(static_cast<int>(StepKind::ready)));
  const auto start_at = [this](const std::string& provider, const std::string& redirect_to) {
    const std::string url = "capacitor://localhost/";
    return StepCase{handle(core_, Operation::start,
                           {"1750000000", make_entropy(), provider, "/", "", "", redirect_to, "", url, "localhost"})};
  };
  for (const char* provider : {"work", "github"})
    EXPECT_EQ(start_at(provider, "").at(respond_field::code), "origin_required") << provider;
  const StepCase deep_link = start_at("github", "com.app.example://back");
  EXPECT_EQ(deep_link.kind(), StepKind::started) << "Supabase Auth comes back to any address of its list";
}

TEST_F(SignInDirect, OnlyOpenIdHasANonce) {
  configure(provider("work", kEndpoints));
  EXPECT_EQ(location(open("?provider=work")).find("nonce="), std::string::npos);
}

TEST_F(SignInDirect, MetadataIsLoadedBeforeAnybodySignsIn) {
  configure(provider("work", kIssuer) + R"(,"unset":{"clientId":null,)" + kIssuer + "}");
  const StepCase unset = load("unset");
  EXPECT_EQ(unset.at(respond_field::code), "provider_not_configured");
  EXPECT_EQ(unset.at(respond_field::parameter), "providers.unset.clientId");
  EXPECT_EQ(load("nobody").at(respond_field::code), "provider_unknown");
  const StepCase fetch = load("work");
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(fetch.at(fetch_field::method), "GET");
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/.well-known/openid-configuration");
  EXPECT_EQ(fetch.headers(fetch_field::header_0, "accept"), std::vector<std::string>{"application/json, */*;q=0.1"});
  EXPECT_EQ(fetch.at(fetch_field::max_bytes), std::to_string(kMaxFetchBytes));
  EXPECT_EQ(fetch.at(fetch_field::deadline), std::to_string(kFetchDeadlineMilliseconds));
  const StepCase good = load("work", {{RequestField::status, "200"}, {RequestField::answer, kMetadata}});
  EXPECT_EQ(good.at(respond_field::status), "204");
  EXPECT_EQ(good.at(respond_field::keep), "1");
  const StepCase bad = load("work", {{RequestField::status, "200"}, {RequestField::answer, "{}"}});
  EXPECT_EQ(bad.at(respond_field::code), "discovery_issuer");
  EXPECT_EQ(bad.at(respond_field::keep), "");
}

}  // namespace
}  // namespace landfall
