// What a failure tells the app of the fetch before it, and what it keeps to itself.
#include "openid_case.hpp"

namespace landfall {
namespace {

using vectors::Json;

class Fetched : public OpenIdCase {
 protected:
  /// The callback of the provider that has metadata, before they are there.
  StepCase ask_metadata(const std::string& response = "code=c") {
    sign_in_with_metadata();
    const StepCase fetch = request(
        Route::callback, "/auth/callback/discovered?state=" + parameter_of(authorize, "state") + "&" + response);
    EXPECT_EQ(fetch.at(fetch_field::url), "https://op.example/.well-known/openid-configuration");
    return fetch;
  }

  void sign_in_with_metadata() {
    const StepCase fetch = request(Route::sign_in, "/auth/sign-in?provider=discovered&next=%2Fwelcome");
    const StepCase started = answer(fetch, metadata());
    authorize = location(started);
    follow(started);
  }

  static std::string metadata() {
    return Json{{"issuer", "https://op.example"},
                {"authorization_endpoint", "https://op.example/authorize"},
                {"token_endpoint", "https://op.example/token"},
                {"jwks_uri", "https://op.example/jwks"}}
        .dump();
  }

  static void expect_fetch(const StepCase& step, const std::string& code, const std::string& status,
                           const std::string& detail = {}) {
    ASSERT_EQ(step.kind(), StepKind::respond);
    EXPECT_EQ(step.at(respond_field::code), code);
    EXPECT_EQ(step.at(respond_field::provider_status), status) << code;
    EXPECT_EQ(step.at(respond_field::detail), detail) << code;
  }
};

TEST_F(Fetched, MetadataThatAreNotThere) {
  expect_fetch(answer(ask_metadata(), "", 503), "discovery_unavailable", "503");
  expect_fetch(answer(ask_metadata(), "no JSON"), "discovery_invalid", "200");
  expect_fetch(answer(ask_metadata(), R"({"issuer":"https://other.example"})"), "discovery_issuer", "200");
  expect_fetch(answer_failure(ask_metadata(), "tls", "SELF_SIGNED_CERT"), "certificate_untrusted", "",
               "SELF_SIGNED_CERT");
  expect_fetch(answer_failure(ask_metadata(), "network", "ENOTFOUND"), "discovery_unavailable", "", "ENOTFOUND");
}

TEST_F(Fetched, GoodMetadataAreNotAboutARefusal) {
  expect_fetch(answer(ask_metadata("error=access_denied"), metadata()), "provider_access_denied", "", "access_denied");
  expect_fetch(answer(ask_metadata("error=x&code=c"), metadata()), "code_and_error", "", "x");
}

TEST_F(Fetched, AStatusIsOneOfHttp) {
  expect_fetch(answer(begin("plain"), "", 2), "token_status", "2");
  const StepCase userinfo = verdict(answer(answer_with_id_token(begin("profile")), key_set()));
  const StepCase verify = answer(answer_with_jwt(userinfo, {{"sub", "user-2"}}), key_set());
  expect_fetch(answer(verify, "", 1), "userinfo_sub", "");
  expect_fetch(answer(verify, "", 0), "userinfo_signature", "");
}

TEST_F(Fetched, ACauseIsCutAndHasNoMoreThanANameInIt) {
  std::string cause;
  while (cause.size() < kMaxErrorBytes) cause += "AAAAAAAAAAAAAAA_";
  expect_fetch(answer_failure(begin("plain"), "network", cause), "token_network", "", cause);
  expect_fetch(answer_failure(begin("plain"), "network", cause + "A"), "token_network", "", cause);
}

TEST_F(Fetched, TheAddressesOfAProfileSayNoToo) {
  const StepCase emails = answer(answer(begin("bitbucket"), kTokens), "{}");
  expect_fetch(answer(emails, "", 500), "userinfo_unavailable", "500");
  expect_fetch(answer(emails, "", 403), "userinfo_refused", "403");
  expect_fetch(answer(emails, "no JSON"), "userinfo_invalid", "200");
}

TEST_F(Fetched, AKeySetIsAskedForAgainPastWhatIsKept) {
  const StepCase jwks = answer_with_id_token(begin("openid"));
  EXPECT_EQ(jwks.at(fetch_field::again), "");
  EXPECT_EQ(answer(jwks, R"({"keys":[]})").at(fetch_field::again), "1");
}

// The first refusal is the reason, whatever others answer after it.
TEST_F(Fetched, ASignOutThatFailedKeepsItsStatus) {
  jar[std::string(kKey)] = as_cookie(kSessionJson);
  const StepCase logout = request(Route::sign_out, "/auth/sign-out", "POST");
  const StepCase ask = answer(logout, R"({"error_code":"unexpected_failure"})", 500);
  expect_fetch(hook(ask, {}), "revocation_failed", "500", "unexpected_failure");
  const StepCase revoke = hook(ask, {.revoke_provider = "plain", .revoke_token = "rt"});
  expect_fetch(answer(revoke, "", 200), "revocation_failed", "500", "unexpected_failure");
}

TEST_F(Fetched, NoKeyOfASetMakesAMac) {
  StepCase jwks = answer_with_id_token(begin("openid"));
  std::string& resume = jwks.fields.at(std::size_t{fetch_field::resume});
  const auto header_of = [](const char* alg) { return sign(alg, Json::object()).substr(0, 20); };
  const std::size_t at = resume.find(header_of("RS256"));
  ASSERT_NE(at, std::string::npos);
  resume.replace(at, 20, header_of("HS256"));
  const std::string keys = R"({"keys":[{"kty":"oct","kid":"k","x":"AAAA","n":"AAAA","e":"AAAA"}]})";
  EXPECT_EQ(answer(jwks, keys).at(respond_field::code), "id_token_alg");
}

}  // namespace
}  // namespace landfall
