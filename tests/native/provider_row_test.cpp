// What a row of providers.def fills in, and what stays as the app says it.
#include "openid_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

constexpr const char* kIssuerUrl = "https://as.example";

class ProviderRow : public OpenIdCase {
 protected:
  void SetUp() override {}

  /// An app with one provider, called `name`.
  void configure_one(const std::string& name, const Json& options) {
    Json all = {{"clientId", "client-1"}, {"clientSecret", kClientSecret}};
    all.update(options);
    configure({{"flows", "any"}}, {{"providers", {{name, all}}}});
    name_ = name;
  }

  /// The metadata of the issuer. @param more its other members
  static std::string metadata(const Json& more = Json::object()) {
    Json all = {{"issuer", kIssuerUrl},
                {"authorization_endpoint", "https://as.example/authorize"},
                {"token_endpoint", "https://as.example/token"},
                {"jwks_uri", "https://as.example/jwks"}};
    all.update(more);
    return all.dump();
  }

  /// Opens the sign-in, and answers with metadata where it asks for them.
  StepCase open(const std::string& more = {}, const std::string& body = metadata()) {
    const StepCase step = request(Route::sign_in, "/auth/sign-in?provider=" + name_ + more);
    const StepCase done = step.kind() == StepKind::fetch ? answer(step, body) : step;
    authorize = location(done);
    follow(done);
    return done;
  }

  std::string scope() {
    open();
    return parameter_of(authorize, "scope");
  }

  /// What follows the token response.
  StepCase after_tokens() { return answer(begin(name_), kTokens); }

  std::string name_;
};

TEST_F(ProviderRow, AnAppMayRepeatTheRowsOwnProfileAddress) {
  configure_one("github", {{"userinfoEndpoint", "https://api.github.com/user"}});
  EXPECT_EQ(answer(after_tokens(), "{}").at(fetch_field::url), "https://api.github.com/user/emails");
}

TEST_F(ProviderRow, AnotherProfileAddressHasNoListOfAddresses) {
  configure_one("github", {{"userinfoEndpoint", "https://git.example/me"}});
  const StepCase profile = after_tokens();
  EXPECT_TRUE(authorize.starts_with("https://github.com/login/oauth/authorize?")) << authorize;
  EXPECT_EQ(profile.at(fetch_field::url), "https://git.example/me");
  EXPECT_EQ(answer(profile, "{}").kind(), StepKind::session);
}

TEST_F(ProviderRow, AnAppMayGoWithoutTheProfile) {
  configure_one("github", {{"userinfo", false}});
  EXPECT_EQ(after_tokens().kind(), StepKind::session);
  configure_one("work", {{"authorizationEndpoint", "https://as.example/authorize"},
                         {"tokenEndpoint", "https://as.example/token"},
                         {"userinfoEndpoint", "https://as.example/me"},
                         {"userinfo", false}});
  EXPECT_EQ(after_tokens().kind(), StepKind::session);
}

TEST_F(ProviderRow, OneWithoutServersIsForEveryIssuer) {
  configure_one("keycloak", {{"issuer", kIssuerUrl}});
  EXPECT_EQ(scope(), "openid profile email");
}

TEST_F(ProviderRow, TheMetadataSaysHowTheClientAuthenticates) {
  configure_one("keycloak", {{"issuer", kIssuerUrl}});
  const std::string post = metadata({{"token_endpoint_auth_methods_supported", {"client_secret_post"}}});
  open("", post);
  const StepCase callback =
      request(Route::callback, "/auth/callback/keycloak?code=c&state=" + parameter_of(authorize, "state"));
  const StepCase token = answer(callback, post);
  EXPECT_EQ(token.at(fetch_field::url), "https://as.example/token");
  EXPECT_EQ(parameter_of(token.at(fetch_field::body), "client_secret"), kClientSecret);
}

TEST_F(ProviderRow, OneWithAnIssuerIsForThatIssuerAlone) {
  configure_one("vercel", {{"issuer", kIssuerUrl}});
  EXPECT_EQ(scope(), "openid");
}

TEST_F(ProviderRow, UseMeansServersThatSpeakLikeIt) {
  configure_one("mine", {{"use", "github"},
                         {"authorizationEndpoint", "https://as.example/authorize"},
                         {"tokenEndpoint", "https://as.example/token"}});
  EXPECT_EQ(scope(), "read:user user:email");
}

TEST_F(ProviderRow, UseAsksForAProfileOnlyWhereItsOwnServersAreAsked) {
  configure_one("mine", {{"use", "google"}, {"issuer", kIssuerUrl}});
  EXPECT_EQ(open().at(respond_field::code), "");
  configure_one("mine", {{"use", "gitlab"}, {"issuer", kIssuerUrl}});
  EXPECT_EQ(open().at(respond_field::code), "discovery_invalid") << "these metadata have no profile address";
  configure_one("mine", {{"use", "gitlab"}, {"issuer", kIssuerUrl}, {"userinfo", false}});
  EXPECT_EQ(open().at(respond_field::code), "");
}

TEST_F(ProviderRow, NamesTheOnlyAlgorithmOfItsIdTokens) {
  configure_one("line", Json::object());
  EXPECT_EQ(answer_with_id_token(begin("line")).at(respond_field::code), "id_token_alg");
}

TEST_F(ProviderRow, ALinkHasNoParameterWithoutAName) {
  configure_one("mine", {{"use", "keycloak"}, {"issuer", kIssuerUrl}});
  open("&=x&prompt=login");
  EXPECT_EQ(authorize.find("&=x"), std::string::npos) << authorize;
  configure_one("work", {{"issuer", kIssuerUrl}, {"allow", {"extra"}}});
  open("&=x&extra=1");
  EXPECT_EQ(authorize.find("&=x"), std::string::npos) << authorize;
  EXPECT_EQ(parameter_of(authorize, "extra"), "1");
}

}  // namespace
}  // namespace landfall
