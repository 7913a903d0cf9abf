#pragma once

#include <set>
#include <string>

#include "base/base64url.hpp"
#include "base/hmac.hpp"
#include "base/sha512.hpp"
#include "supabase_case.hpp"

namespace landfall {

inline constexpr const char* kTokens = R"({"access_token":"at","token_type":"bearer"})";

inline const std::string kClientSecret(32, 'c');

/// A sequence, in base64: the core does not look further into a key.
inline const std::string kPrivateKey = "M" + std::string(95, 'A');

/// What the host answers to a SIGN.
inline const std::string kSignature(86, 'A');

/// Sign-ins at direct providers, plain ones and OpenID, as far as each stage.
class OpenIdCase : public SupabaseCase {
 protected:
  void SetUp() override { configure_providers(vectors::Json::object()); }

  static vectors::Json all_providers() {
    const vectors::Json plain = {{"clientId", "client-1"},
                                 {"clientSecret", kClientSecret},
                                 {"authorizationEndpoint", "https://as.example/authorize"},
                                 {"tokenEndpoint", "https://as.example/token"},
                                 {"revocationEndpoint", "https://as.example/revoke"},
                                 {"scopes", "read"}};
    vectors::Json openid = plain;
    openid.update({{"issuer", "https://as.example"}, {"jwksUri", "https://as.example/jwks"}, {"scopes", "openid"}});
    vectors::Json profile = openid;
    profile["userinfoEndpoint"] = "https://as.example/me";
    vectors::Json mac = profile;
    mac["idTokenSignedResponseAlg"] = "HS256";
    mac.erase("jwksUri");
    vectors::Json signing = plain;
    signing.update({{"teamId", "team"}, {"keyId", "key"}, {"privateKey", kPrivateKey}});
    signing.erase("clientSecret");
    return {{"plain", plain},
            {"openid", openid},
            {"profile", profile},
            {"mac", mac},
            {"signing", signing},
            {"discovered",
             {{"clientId", "client-3"}, {"clientSecret", std::string(32, 'd')}, {"issuer", "https://op.example"}}},
            {"bitbucket", {{"clientId", "client-2"}, {"clientSecret", std::string(32, 'b')}, {"userinfo", true}}}};
  }

  /// @param more options, beside those of the providers.
  void configure_providers(const vectors::Json& more) {
    vectors::Json options = {{"onSignOut", true}, {"providers", all_providers()}};
    options.update(more);
    configure({{"verifyOnGet", true}, {"flows", "any"}}, options);
  }

  /// The same with these providers alone. @param names of those above.
  void configure_only(const std::set<std::string>& names) {
    vectors::Json providers = vectors::Json::object();
    const vectors::Json all = all_providers();
    for (const std::string& name : names) providers[name] = all.at(name);
    configure_providers({{"providers", providers}});
  }

  /// As far as the request to the token endpoint.
  StepCase begin(const std::string& provider, const std::string& response = {}) {
    sign_in("provider=" + provider + "&next=%2Fwelcome");
    return request(Route::callback,
                   "/auth/callback/" + provider + "?code=c&state=" + parameter_of(authorize, "state") + response);
  }

  /// A compact token. A MAC is real, every other signature is not.
  static std::string sign(const std::string& alg, const vectors::Json& claims) {
    Memory memory;
    const MemoryScope scope(memory);
    const Text data =
        concat(base64url(vectors::Json{{"alg", alg}, {"kid", "k"}}.dump()), ".", base64url(claims.dump()));
    const std::array<std::string_view, 1> parts{data};
    const Sha256Digest tag = HmacKey(kClientSecret).sign(parts);
    return std::string(concat(data, ".", alg == "HS256" ? base64url(as_bytes(tag)) : Text("AAAA")).view());
  }

  /// Answers with an ID Token that fits the sign-in.
  StepCase answer_with_id_token(const StepCase& fetch, const std::string& alg = "RS256", const std::string& end = {}) {
    vectors::Json claims = {
        {"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"},
        {"exp", now + 3600},           {"iat", now},        {"nonce", parameter_of(authorize, "nonce")}};
    Memory memory;
    const MemoryScope scope(memory);
    const Sha512Digest digest = sha512("at");
    if (alg == "EdDSA") claims["at_hash"] = std::string(base64url(as_bytes(digest).substr(0, 32)).view());
    vectors::Json body = vectors::Json::parse(kTokens);
    body["id_token"] = sign(alg, claims) + end;
    return answer(fetch, body.dump());
  }

  /// Answers with a signed profile. @param changes its claims: null takes one away.
  StepCase answer_with_jwt(const StepCase& fetch, const vectors::Json& changes = vectors::Json::object(),
                           const std::string& alg = "RS256") {
    vectors::Json claims = {{"iss", "https://as.example"}, {"aud", "client-1"}, {"sub", "user-1"}, {"name", "n"}};
    claims.merge_patch(changes);
    return answer(fetch, sign(alg, claims), 200, "", "application/jwt");
  }

  /// Answers that there is no response, and why.
  StepCase answer_failure(const StepCase& fetch, const std::string& failure, const std::string& cause) {
    return answer(fetch, "", 0, failure, "", cause);
  }

  static std::string key_set() {
    return vectors::Json{
        {"keys", {{{"kty", "RSA"}, {"kid", "k"}, {"n", "w" + std::string(340, 'A') + "Q"}, {"e", "AQAB"}}}}}
        .dump();
  }

  /// The signature is good.
  StepCase verdict(const StepCase& verify) { return answer(verify, "", 1); }

  /// The transaction is over, and the browser goes where it should.
  static void expect_end(const StepCase& step, const std::string& to) {
    EXPECT_EQ(location(step), to);
    EXPECT_EQ(set_cookies(step).size(), 2u) << "the transaction, and the list of finished ones";
  }
};

}  // namespace landfall
