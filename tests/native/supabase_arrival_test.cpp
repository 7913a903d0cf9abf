#include "supabase_case.hpp"

namespace landfall {
namespace {

using SupabaseArrival = SupabaseCase;

TEST_F(SupabaseArrival, RecognisesWhatArrivesAtTheRoot) {
  configure();
  const auto is_arrival = [this](const std::string& url) {
    const StepCase step = request(Route::none, url);
    if (step.fields.empty()) return false;
    EXPECT_TRUE(step.kind() == StepKind::fetch || step.at(respond_field::route) == "callback") << url;
    return true;
  };
  EXPECT_FALSE(is_arrival("/?" + with_code())) << "no sign-in is under way";
  EXPECT_TRUE(is_arrival("/?error=access_denied&error_code=otp_expired"));
  EXPECT_FALSE(is_arrival("/?error=access_denied"));
  EXPECT_FALSE(is_arrival("/?error_code=otp_expired"));
  EXPECT_TRUE(is_arrival("/?error=access_denied&error_code=&error_description=d")) << "a hook refuses";
  const std::string denied = "?error=access_denied&error_description=d";
  const std::string refused = denied + "&error_code=bad_oauth_state";
  EXPECT_FALSE(is_arrival("/" + denied));
  EXPECT_FALSE(is_arrival("/en" + refused));
  const std::string flow_id = sign_in();
  EXPECT_TRUE(is_arrival("/?" + with_code()));
  EXPECT_TRUE(is_arrival("/" + denied)) << "the provider's own words";
  EXPECT_TRUE(is_arrival("/en" + refused)) << "a Site URL with a path";
  EXPECT_FALSE(is_arrival("/login" + denied)) << "an error of the app's own";
  EXPECT_FALSE(is_arrival("/en?error=x&error_code=y"));
  EXPECT_FALSE(is_arrival("/en?" + with_code()));
  EXPECT_FALSE(is_arrival("/?error_description=d"));
  EXPECT_TRUE(is_arrival("/?" + with_code("&sb_flow_id=" + flow_id)));
  EXPECT_FALSE(is_arrival("/?code=4%2F0AbC")) << "somebody else's code";
  EXPECT_FALSE(is_arrival("/?code=00000000-0000-4000-8000-00000000000g"));
  EXPECT_FALSE(is_arrival("/?" + with_code("&" + with_code())));
  EXPECT_FALSE(is_arrival("/"));

  const StepCase done = accept(answer(request(Route::callback, "/?" + with_code()), kSessionJson));
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_TRUE(done.at(respond_field::warnings).starts_with("redirect_to_replaced")) << done.at(respond_field::warnings);
}

TEST_F(SupabaseArrival, TheErrorPageOfTheAppIsItsOwn) {
  configure(Json::object(), {{"paths", {{"error", "/oops"}}}});
  sign_in();
  const std::string refused = "?error=access_denied&error_code=bad_oauth_state&error_description=d";
  EXPECT_EQ(request(Route::none, "/en" + refused).at(respond_field::route), "callback");
  for (const char* page : {"/oops", "/oops/"}) EXPECT_TRUE(request(Route::none, page + refused).fields.empty()) << page;
}

TEST_F(SupabaseArrival, WarnsOfLargeCookies) {
  configure();
  const std::string flow_id = sign_in();
  Json session = Json::parse(kSessionJson);
  session["provider_token"] = std::string(4'000, 'p');
  session["user"]["blob"] = std::string(3'000, 'b');
  const StepCase done = accept(answer(call_back(with_code("&sb_flow_id=" + flow_id)), session.dump()));
  EXPECT_EQ(done.at(respond_field::code), "");
  const std::string warning = done.at(respond_field::warnings);
  EXPECT_TRUE(warning.starts_with("session_cookie_large\t")) << warning;
  EXPECT_NE(warning.find("\tcookie="), std::string::npos) << warning;
  EXPECT_NE(warning.find(" provider_token=4002"), std::string::npos) << warning;
  EXPECT_NE(warning.find(" user="), std::string::npos) << warning;
  EXPECT_EQ(warning.find("access_token="), std::string::npos) << warning;
  EXPECT_EQ(warning.find("ppp"), std::string::npos) << "a size and no value: " << warning;
  follow(done);
  EXPECT_EQ(Json::parse(read_session().at(stored_session_field::session)), session);
}

// It names large members as long as there is room: the one that goes beyond it is the last.
TEST_F(SupabaseArrival, TheWarningOfLargeCookiesIsCut) {
  configure();
  const std::string flow_id = sign_in();
  for (std::size_t more = 0; more < 16; ++more) {
    // Not of the JSON's own order: the names are in order.
    Json session = Json::parse(kSessionJson);
    std::vector<std::string> names;
    for (int i = 0; i < 40; ++i) {
      names.push_back("z" + std::string(4, static_cast<char>('a' + i / 26)) + static_cast<char>('a' + i % 26) + "zzz");
      if (i == 0) names.back() += std::string(more, 'z');
      session[names.back()] = std::string(kLargeMemberBytes, 'x');
    }
    const StepCase done = accept(answer(call_back(with_code("&sb_flow_id=" + flow_id)), session.dump()));
    const std::string warning = done.at(respond_field::warnings);
    std::string detail = warning.substr(warning.rfind('\t') + 1);
    ASSERT_TRUE(detail.ends_with('\n')) << warning;
    detail.pop_back();
    std::string wanted = detail.substr(0, detail.find(' '));
    for (const std::string& name : names)
      if (wanted.size() <= kMaxErrorDescriptionBytes)
        wanted += " " + name + "=" + std::to_string(kLargeMemberBytes + 2);
    EXPECT_EQ(detail, wanted);
  }
}

TEST_F(SupabaseArrival, TheDescriptionOfARefusalIsCut) {
  configure();
  const std::string description(kMaxErrorDescriptionBytes - 1, ' ');
  const StepCase step =
      call_back("error=server_error&error_description=" + std::string(kMaxErrorDescriptionBytes - 1, '+') + "ab");
  EXPECT_EQ(step.at(respond_field::description), description + "a");
}

TEST_F(SupabaseArrival, WarnsWhereTheNextCookieHeaderIsTooLong) {
  configure();
  const std::string flow_id = sign_in();
  Json session = Json::parse(kSessionJson);
  session["user"]["blob"] = std::string(3'000, 'b');
  // The next header, as the warning has it: each pair with its `; `.
  const auto sign_in_beside = [&](std::size_t bytes) {
    jar["other"] = std::string(bytes, 'o');
    const auto before = jar;
    const StepCase done = accept(answer(call_back(with_code("&sb_flow_id=" + flow_id)), session.dump()));
    follow(done);
    std::size_t header = 0;
    for (const auto& [name, value] : jar) header += name.size() + value.size() + 3;
    jar = before;
    return std::pair{done.at(respond_field::warnings), header};
  };
  const std::size_t room = kLargeCookieHeaderBytes - sign_in_beside(0).second;
  EXPECT_EQ(sign_in_beside(room), (std::pair<std::string, std::size_t>{"", kLargeCookieHeaderBytes}));
  for (const std::size_t more : {1u, 2u, 1000u}) {
    const auto [warning, header] = sign_in_beside(room + more);
    EXPECT_EQ(header, kLargeCookieHeaderBytes + more);
    EXPECT_NE(warning.find("\tcookie=" + std::to_string(header) + " user="), std::string::npos) << warning;
  }
}

TEST_F(SupabaseArrival, NamesLargeMembersAlone) {
  configure();
  const std::string flow_id = sign_in();
  Json session = Json::parse(kSessionJson);
  std::string name = "claims";
  while (name.size() <= kMaxErrorBytes) name += "_nested";
  session[name] = std::string(8'000, 'x');
  session["large"] = std::string(kLargeMemberBytes - 2, 'x');  // and two quotes
  session["small"] = std::string(kLargeMemberBytes - 3, 'x');
  const StepCase done = accept(answer(call_back(with_code("&sb_flow_id=" + flow_id)), session.dump()));
  const std::string warning = done.at(respond_field::warnings);
  EXPECT_NE(warning.find(" large=256"), std::string::npos) << warning;
  EXPECT_EQ(warning.find("small"), std::string::npos) << warning;
  EXPECT_NE(warning.find(" " + name.substr(0, kMaxErrorBytes) + "=8002"), std::string::npos) << warning;
}

TEST_F(SupabaseArrival, WarnsOfTheRootOnlyWhereTheCallbackWasReplaced) {
  configure({{"verifyOnGet", true}}, {{"paths", {{"callback", "/"}}}});
  const std::string flow_id = sign_in();
  const std::string query = "/?" + with_code("&sb_flow_id=" + flow_id);
  EXPECT_EQ(accept(answer(request(Route::callback, query), kSessionJson)).at(respond_field::warnings), "");
  configure({{"verifyOnGet", true}});
  const StepCase link = request(Route::confirm, "/?token_hash=abc&type=email");
  EXPECT_EQ(accept(answer(link, kSessionJson)).at(respond_field::warnings), "") << "an e-mail link";
}

TEST_F(SupabaseArrival, CleansUpCookiesThatHoldNoSession) {
  cookie_domain = "app.example";
  const auto removed = [this] {
    const StepCase step = read_session();
    EXPECT_EQ(step.at(stored_session_field::session), "");
    return std::vector<std::string>(step.fields.begin() + stored_session_field::set_cookie_0, step.fields.end());
  };
  EXPECT_TRUE(removed().empty());
  jar = {{std::string(kKey) + ".0", "base64-A"}, {std::string(kKey) + ".00", "x"}, {"other", "1"}};
  const std::vector<std::string> wanted = {
      std::string(kKey) + ".0=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; SameSite=Lax",
      std::string(kKey) +
          ".0=; Path=/; Domain=app.example; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; SameSite=Lax"};
  EXPECT_EQ(removed(), wanted);
  jar = {{std::string(kKey), as_cookie(R"({"access_token":"a"})")}};
  EXPECT_EQ(removed().size(), 2u);
  jar = {{std::string(kKey), as_cookie(kSessionJson)}, {std::string(kKey) + ".3", "stale"}};
  EXPECT_EQ(read_session().fields.size(), std::size_t{stored_session_field::set_cookie_0})
      << "a good session stays as it is";
}

TEST_F(SupabaseArrival, TellsTheSessionOnlyToAnAppThatWantsIt) {
  for (const Json& wants : {Json(true), Json(false)}) {
    SCOPED_TRACE(wants.dump());
    configure(Json::object(), {{"onSession", wants}});
    const std::string flow_id = sign_in();
    const StepCase step = answer(call_back(with_code("&sb_flow_id=" + flow_id)), kSessionJson);
    EXPECT_EQ(step.kind(), wants == Json(true) ? StepKind::session : StepKind::respond);
    const StepCase done = step.kind() == StepKind::session ? accept(step) : step;
    EXPECT_EQ(done.at(respond_field::code), "");
    for (const std::string& field : done.fields) EXPECT_EQ(field.find("\"access_token\":"), std::string::npos);
  }
}

}  // namespace
}  // namespace landfall
