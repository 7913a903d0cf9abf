#include "callback_case.hpp"

namespace landfall {
namespace {

using MixUp = CallbackCase;

// An evil provider sends the person on to an honest one, with the state of its own sign-in and a challenge of its
// choice: the honest provider's code then comes to the honest one's callback, and must not be redeemed at the evil one.
TEST_F(MixUp, AResponseAtAnotherProvidersPathIsNeverUsed) {
  configure(provider("work", kEndpoints) + "," + provider("honest", kEndpoints));
  begin();
  RequestCase mixed = answer("");
  mixed.fields[RequestField::url] = "https://app.example/auth/callback/honest?code=c&state=" + state_;
  const StepCase step = run(Route::callback, mixed);
  ASSERT_EQ(step.kind(), StepKind::respond) << "nobody is asked";
  EXPECT_EQ(step.at(respond_field::code), "redirect_uri_mismatch");
  EXPECT_EQ(step.at(respond_field::provider), "work");
  EXPECT_EQ(step.headers(respond_field::header_0, "set-cookie").size(), 2u) << "the transaction has ended";
  EXPECT_EQ(run(Route::callback, answer("")).kind(), StepKind::fetch) << "where it belongs, it is used";
  const std::string own = "/auth/callback/work";
  for (const std::string& path :
       std::initializer_list<std::string>{"/auth/callback", "/auth/callback/", "/auth/callback/WORK", own + "/x",
                                          "/other", "/auth/callback/wor%6b", "/auth//callback/work"}) {
    RequestCase elsewhere = answer("");
    elsewhere.fields[RequestField::url] = "https://app.example" + path + "?code=c&state=" + state_;
    expect_refused(elsewhere, "callback_unknown");
  }
  RequestCase slash = answer("");
  slash.fields[RequestField::url] = "https://app.example" + own + "/?code=c&state=" + state_;
  EXPECT_EQ(run(Route::callback, slash).kind(), StepKind::fetch) << "a slash at the end is the same route";
}

TEST_F(MixUp, TheRedirectUriIsTheProvidersOwn) {
  configure(provider("work", kEndpoints + R"(,"callback":"/login/work")"));
  begin();
  RequestCase request = answer("");
  expect_refused(request, "callback_unknown");
  request.fields[RequestField::url] = "https://app.example/login/work?code=c&state=" + state_;
  const StepCase fetch = run(Route::callback, request);
  EXPECT_NE(fetch.at(fetch_field::body).find("redirect_uri=https%3A%2F%2Fapp.example%2Flogin%2Fwork&"),
            std::string::npos);
}

// Supabase's code with an allow list as wide as `/**`: the path of a direct provider takes nothing of Supabase's.
TEST_F(MixUp, ASupabaseResponseAtAProvidersPathIsNeverUsed) {
  const std::string supabase = R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"},)";
  ASSERT_EQ(handle(core_, Operation::configure, {supabase + options(provider("work", kEndpoints)).substr(1)}).at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  const StepCase started =
      run(Route::sign_in, {.fields = {{RequestField::url, "/auth/sign-in?provider=bitbucket"}}, .headers = {}});
  std::string cookies;
  for (const std::string& line : started.headers(respond_field::header_0, "set-cookie"))
    cookies += (cookies.empty() ? "" : "; ") + line.substr(0, line.find(';'));
  const std::string location = started.headers(respond_field::header_0, "location").at(0);
  const std::size_t at = location.find("sb_flow_id%3D") + 13;
  const std::string flow_id = location.substr(at, location.find('&', at) - at);
  const std::string code = "00000000-0000-4000-8000-000000000001";
  const auto at_path = [&](const std::string& path, const std::string& query) {
    return run(Route::callback,
               {.fields = {{RequestField::url, "https://app.example" + path + "?code=" + code + query}},
                .headers = {{RequestHeader::cookie, cookies}}});
  };
  EXPECT_EQ(at_path("/auth/callback/work", "&sb_flow_id=" + flow_id).at(respond_field::code), "state_missing");
  EXPECT_EQ(at_path("/auth/callback/work", "&state=" + flow_id).at(respond_field::code), "transaction_invalid");
  EXPECT_EQ(at_path("/auth/callback", "&sb_flow_id=" + flow_id).kind(), StepKind::fetch);
  EXPECT_EQ(at_path("/auth/callback/gone", "&sb_flow_id=" + flow_id).at(respond_field::code), "callback_unknown");
  EXPECT_EQ(at_path("/elsewhere", "&sb_flow_id=" + flow_id).kind(), StepKind::fetch)
      << "an address of the app's choice";
  // An evil provider has Supabase come back to its own path, with the state of its own sign-in in the query.
  begin();
  cookies = cookie_;
  const StepCase mixed = at_path("/auth/callback/work", "&state=" + state_);
  ASSERT_EQ(mixed.kind(), StepKind::respond) << "nobody is asked";
  EXPECT_EQ(mixed.at(respond_field::code), "redirect_uri_mismatch");
  RequestCase own = answer("");
  EXPECT_EQ(run(Route::callback, own).kind(), StepKind::fetch) << "a code of another shape is the provider's";
  begin();
  cookies = cookie_;
  EXPECT_EQ(at_path("/auth/callback", "&state=" + state_).kind(), StepKind::respond)
      << "and what is a direct provider's is not taken to Supabase";
}

// What is at a direct provider's path is that provider's, wherever the path is.
TEST_F(MixUp, BesideSupabaseAProviderMayHaveAPathOfItsOwn) {
  const std::string supabase = R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"},)";
  const std::string work = options(provider("work", kEndpoints + R"(,"callback":"/login/work")"));
  ASSERT_EQ(handle(core_, Operation::configure, {supabase + work.substr(1)}).at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  begin();
  RequestCase request = answer("");
  request.fields[RequestField::url] = "https://app.example/login/work?code=c&state=" + state_;
  const StepCase fetch = run(Route::callback, request);
  ASSERT_EQ(fetch.kind(), StepKind::fetch) << fetch.at(respond_field::code);
  EXPECT_EQ(fetch.at(fetch_field::url), "https://as.example/token");
}

// A code that looks like Supabase's is the provider's where Supabase can send none there: to an app without Supabase,
// and in a form.
TEST_F(MixUp, AUuidIsACodeWhereSupabaseSendsNone) {
  const std::string code = "00000000-0000-4000-8000-000000000001";
  configure(provider("work", kEndpoints));
  begin();
  RequestCase alone = answer("");
  alone.fields[RequestField::url] = "https://app.example/auth/callback/work?code=" + code + "&state=" + state_;
  EXPECT_EQ(run(Route::callback, alone).kind(), StepKind::fetch);

  const std::string supabase = R"({"supabase":{"url":"https://abc.supabase.co","key":"anon"},)";
  const std::string posts = options(provider("work", kEndpoints + R"(,"responseMode":"form_post")"));
  ASSERT_EQ(handle(core_, Operation::configure, {supabase + posts.substr(1)}).at(0),
            std::to_string(static_cast<int>(StepKind::ready)));
  begin();
  EXPECT_EQ(run(Route::callback, post("code=" + code + "&state=" + state_)).kind(), StepKind::fetch);
  begin();
  RequestCase query = answer("");
  query.fields[RequestField::url] = "https://app.example/auth/callback/work?code=" + code + "&state=" + state_;
  expect_refused(query, "response_mode_unexpected");
}

}  // namespace
}  // namespace landfall
