#include "verified_session_case.hpp"

namespace landfall {
namespace {

TEST_F(VerifiedSession, TheKeysOfTheProjectSayWhoItIs) {
  const StepCase keys = ask();
  EXPECT_EQ(keys.at(fetch_field::url), std::string(kApi) + "/.well-known/jwks.json");
  EXPECT_EQ(keys.at(fetch_field::max_age), "600");
  EXPECT_EQ(keys.at(fetch_field::again), "");
  const StepCase verify = answer(keys, key_set());
  ASSERT_EQ(verify.kind(), StepKind::verify);
  EXPECT_EQ(verify.at(verify_field::keep), "1");
  EXPECT_EQ(verify.at(verify_field::alg), "RS256");
  const Json session = session_of(verdict(verify));
  EXPECT_EQ(session.at("user").at("sub"), "u-1") << "not the user of the cookie";
  EXPECT_EQ(session.at("provider"), "github");
  EXPECT_EQ(session.at("verified"), true);
  EXPECT_EQ(session_of(answer(verify, "", 0)), Json()) << "a bad signature";
  const StepCase whose = answer_failure(verify, "refused", "");
  EXPECT_EQ(whose.at(fetch_field::url), std::string(kApi) + "/user") << "a signature that nobody here can check";
}

TEST_F(VerifiedSession, AnUnknownKeyIsAskedForOnceMoreAndThenTheServer) {
  const StepCase again = answer(ask(), R"({"keys":[]})");
  EXPECT_EQ(again.at(fetch_field::again), "1");
  EXPECT_EQ(again.at(fetch_field::max_age), "10");
  EXPECT_EQ(answer(again, key_set()).kind(), StepKind::verify);
  const StepCase whose = answer(again, R"({"keys":[]})");
  EXPECT_EQ(whose.at(fetch_field::url), std::string(kApi) + "/user");
  EXPECT_EQ(whose.at(fetch_field::keep), "1");
  EXPECT_EQ(answer(ask(), "no keys").at(fetch_field::url), std::string(kApi) + "/user");
  EXPECT_EQ(answer(ask(), "", 500).at(fetch_field::url), std::string(kApi) + "/user");
}

TEST_F(VerifiedSession, AnotherTokenThanTheKeysWereAskedForIsForTheServer) {
  const StepCase keys = ask();
  hold("opaque");
  last_.headers[RequestHeader::cookie] = cookie_header();
  EXPECT_EQ(answer(keys, key_set()).at(fetch_field::url), std::string(kApi) + "/user");
}

TEST_F(VerifiedSession, ATokenWithoutAKeyPairIsForTheServer) {
  for (const char* alg : {"HS256", "none", "XS256"}) {
    hold(sign(alg, claims()));
    EXPECT_EQ(ask().at(fetch_field::url), std::string(kApi) + "/user") << alg;
  }
  hold("opaque");
  const StepCase whose = ask();
  EXPECT_EQ(whose.headers(fetch_field::header_0, "authorization"), std::vector<std::string>{"Bearer opaque"});
  const Json user = session_of(answer(whose, R"({"id":"u-2","email":"a@b.c","email_confirmed_at":"2026-01-01"})"));
  EXPECT_EQ(user.at("user").at("sub"), "u-2");
  EXPECT_EQ(user.at("user").at("email_verified"), true);
  EXPECT_EQ(user.at("verified"), true);
  hold("\xC3\xBC");
  EXPECT_EQ(session_of(ask()), Json()) << "no token at all";
  EXPECT_EQ(code_of(ask_token()), "session_missing");
}

TEST_F(VerifiedSession, TheServersNoIsNobodyAndItsSilenceIsAnError) {
  hold("opaque");
  const StepCase whose = ask();
  for (const int status : {401, 403, 404}) EXPECT_EQ(session_of(answer(whose, "{}", status)), Json()) << status;
  for (const int status : {408, 429, 500, 200})
    EXPECT_EQ(code_of(answer(whose, "{}", status)), "supabase_unavailable") << status;
  EXPECT_EQ(code_of(answer_failure(whose, "network", "ENOTFOUND")), "token_network");
}

TEST_F(VerifiedSession, ItsOwnEndCounts) {
  Json over = claims();
  over["exp"] = now - 30;
  hold(sign("RS256", over));
  const auto ask_verdict = [this] { return verdict(answer(ask(), key_set())); };
  EXPECT_EQ(session_of(ask_verdict()), Json());
  over["exp"] = now - 29;
  hold(sign("RS256", over));
  EXPECT_NE(session_of(ask_verdict()), Json()) << "clocks differ";
  over.erase("exp");
  hold(sign("RS256", over));
  EXPECT_EQ(session_of(ask_verdict()), Json());
  Json nobody = claims();
  nobody["sub"] = "";
  hold(sign("RS256", nobody));
  EXPECT_EQ(session_of(ask_verdict()), Json());
}

TEST_F(VerifiedSession, ACriticalExtensionIsForTheServer) {
  Memory memory;
  const MemoryScope scope(memory);
  const Text token =
      concat(base64url(R"({"alg":"RS256","kid":"k","crit":["x"]})"), ".", base64url(claims().dump()), ".AAAA");
  hold(std::string(token.view()));
  EXPECT_EQ(ask().at(fetch_field::url), std::string(kApi) + "/user");
}

TEST_F(VerifiedSession, ItIsRenewedNinetySecondsBeforeItsEnd) {
  hold("opaque", now + 90);
  EXPECT_EQ(ask().at(fetch_field::url), std::string(kApi) + "/user");
  hold("opaque", now + 89);
  const StepCase fetch = ask();
  EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/token?grant_type=refresh_token");
  EXPECT_EQ(fetch.at(fetch_field::patience), "8000") << "Supabase Auth takes the token again for ten seconds";
  EXPECT_EQ(fetch.at(fetch_field::max_age), "60");
  EXPECT_EQ(fetch.at(fetch_field::cache_key).size(), 44u);
  const StepCase found = answer(fetch, kSessionJson);
  EXPECT_EQ(session_of(found).at("user").at("sub"), "u");
  EXPECT_EQ(found.at(stored_session_field::keep), "1");
  ASSERT_EQ(lines_of(found).size(), 1u);
  EXPECT_TRUE(lines_of(found)[0].starts_with(kKey));
}

TEST_F(VerifiedSession, OnlyARefusalOfTheSessionEndsIt) {
  hold("opaque", now + 10);
  for (const int status : {400, 404}) {
    const StepCase over = answer(ask(), R"({"code":"refresh_token_not_found"})", status);
    EXPECT_EQ(session_of(over), Json()) << status;
    EXPECT_FALSE(lines_of(over).empty()) << status;
  }
  for (const int status : {399, 405, 409, 500})
    EXPECT_EQ(answer(ask(), "{}", status).at(fetch_field::url), std::string(kApi) + "/user") << status;
  EXPECT_EQ(answer(ask(), "{}", 400, "network").at(fetch_field::url), std::string(kApi) + "/user");
}

TEST_F(VerifiedSession, ASignatureOfAnotherFormIsNobodys) {
  hold(sign("ES256", claims()));
  const std::string half(43, 'A');
  const Json key = {{"kty", "EC"}, {"crv", "P-256"}, {"kid", "k"}, {"x", half}, {"y", half}};
  const StepCase nobody = answer(ask(), Json{{"keys", {key}}}.dump());
  EXPECT_EQ(session_of(nobody), Json());
  EXPECT_EQ(nobody.at(stored_session_field::keep), "1");
}

TEST_F(VerifiedSession, ASignOutForgetsTheRenewalsOfItsSession) {
  Json of_session = claims();
  of_session["session_id"] = "s-1";
  hold(sign("RS256", of_session), now + 10);
  const std::string key = ask().at(fetch_field::cache_key);
  ASSERT_EQ(key.size(), 87u);
  // The next tokens are of the same session.
  of_session["exp"] = now + 2 * kHour;
  hold(sign("RS256", of_session), now + 2 * kHour, "rt2");
  const auto forgotten = [this](const std::string& query) {
    const StepCase log_out = request(Route::sign_out, "/auth/sign-out" + query, "POST");
    StepCase done = answer(log_out, "", 204);
    if (done.kind() == StepKind::sign_out) done = accept(done);
    return done.at(respond_field::forget);
  };
  EXPECT_EQ(forgotten("?scope=others"), "") << "this browser stays";
  EXPECT_EQ(forgotten(""), key.substr(0, 43));
  of_session["session_id"] = "s-2";
  hold(sign("RS256", of_session));
  EXPECT_NE(forgotten(""), key.substr(0, 43));
  EXPECT_EQ(forgotten("").size(), 43u);
  hold("opaque");
  EXPECT_EQ(forgotten(""), "") << "nobody else's either";
}

TEST_F(VerifiedSession, NobodyIsNobody) {
  jar.clear();
  EXPECT_EQ(session_of(ask()), Json());
  EXPECT_EQ(code_of(ask_token()), "session_missing");
  const StepCase page =
      question(Operation::require_session, {},
               {{RequestHeader::sec_fetch_mode, "navigate"}, {RequestHeader::sec_fetch_dest, "document"}});
  EXPECT_EQ(location(page), "/auth/sign-in?next=%2Faccount#");
  jar[std::string(kKey)] = "base64-!!";
  const StepCase damaged = ask();
  EXPECT_EQ(session_of(damaged), Json());
  EXPECT_EQ(lines_of(damaged).size(), 1u);
}

TEST_F(VerifiedSession, AnAppThatMissesASettingSaysSo) {
  configure({{"key", nullptr}});
  EXPECT_EQ(code_of(ask()), "provider_not_configured");
  EXPECT_EQ(session_of(question(Operation::get_session)), Json());
  configure(Json::object(), {{"secret", nullptr}});
  EXPECT_EQ(code_of(ask()), "config_missing");
  EXPECT_EQ(session_of(question(Operation::get_session)), Json());
}

TEST_F(VerifiedSession, WithoutAQuestionItIsThePersonOfTheCookie) {
  const auto get = [this] { return session_of(question(Operation::get_session)); };
  Json session = get();
  EXPECT_EQ(session.at("user").at("sub"), "somebody-else");
  EXPECT_EQ(session.at("verified"), false);
  const auto hold_tokens = [this](const std::string& access_token) {
    const Json tokens = {{"access_token", access_token}, {"refresh_token", "rt"}, {"expires_at", now + kHour}};
    jar[std::string(kKey)] = as_cookie(tokens.dump());
  };
  hold_tokens(sign("RS256", claims()));
  session = get();
  EXPECT_EQ(session.at("user").at("sub"), "u-1") << "a cookie of tokens only: the access token names the person";
  EXPECT_EQ(session.at("provider"), "github");
  EXPECT_EQ(session.at("verified"), false);
  hold_tokens("opaque");
  EXPECT_EQ(get().at("user").at("sub"), Json()) << "and this one names nobody";
  jar.clear();
  EXPECT_EQ(get(), Json());
}

}  // namespace
}  // namespace landfall
