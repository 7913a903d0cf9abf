#include "supabase_case.hpp"

namespace landfall {
namespace {

using SupabaseConfirm = SupabaseCase;

constexpr const char* kLink = "token_hash=pkce_0123abcd&type=email&next=%2Fhello";
constexpr const char* kForm = "application/x-www-form-urlencoded";

TEST_F(SupabaseConfirm, ShowsAPageAndRedeemsWithItsButton) {
  configure();
  const StepCase page = request(Route::confirm, std::string("/auth/confirm?") + kLink);
  EXPECT_EQ(page.kind(), StepKind::respond) << "nothing is asked at GET";
  EXPECT_EQ(page_of(page), "confirm");
  EXPECT_EQ(page.at(respond_field::status), "200");
  EXPECT_EQ(page.at(respond_field::next), "/hello");
  EXPECT_TRUE(set_cookies(page).empty());

  const StepCase fetch =
      request(Route::confirm, "/auth/confirm", "POST",
              {{RequestHeader::content_type, kForm}, {RequestHeader::origin, "https://app.example"}}, kLink);
  ASSERT_EQ(fetch.kind(), StepKind::fetch) << fetch.at(respond_field::code);
  EXPECT_EQ(fetch.at(fetch_field::url), std::string(kApi) + "/verify");
  EXPECT_EQ(body_of(fetch), (Json{{"type", "email"}, {"token_hash", "pkce_0123abcd"}}));
  const StepCase done = accept(answer(fetch, kSessionJson));
  EXPECT_EQ(done.at(respond_field::code), "");
  EXPECT_EQ(location(done), "/hello#");
  expect_session_headers(done);
  follow(done);
  EXPECT_EQ(cookie(""), as_cookie(kSessionJson));

  expect_failure(answer(fetch, R"({"code":"otp_expired","message":"m"})", 403), "otp_expired");
  expect_failure(answer(fetch, R"({"code":"200","msg":"Confirmation link accepted."})"), "email_change_half_confirmed");
  const StepCase again = answer(fetch, "", 502);
  ASSERT_EQ(again.kind(), StepKind::fetch);
  EXPECT_EQ(again.at(fetch_field::delay), "200");
  EXPECT_EQ(again.at(fetch_field::body), fetch.at(fetch_field::body));
}

TEST_F(SupabaseConfirm, RedeemsAtGetWhereTheAppSaysSo) {
  configure({{"verifyOnGet", true}}, {{"paths", {{"afterRecovery", "/password"}}}});
  const std::string url = "/auth/confirm?token_hash=abc&type=recovery";
  const StepCase fetch = request(Route::confirm, url);
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  const StepCase ask = answer(fetch, kSessionJson);
  EXPECT_EQ(ask.at(session_field::redirect_type), "recovery");
  EXPECT_EQ(location(accept(ask)), "/password#");
  for (const StepCase& ahead : {request(Route::confirm, url, "GET", {{RequestHeader::sec_purpose, "prefetch"}}),
                                request(Route::confirm, url, "HEAD")})
    EXPECT_EQ(ahead.at(respond_field::status), "204") << "what only looks ahead redeems nothing";
  EXPECT_EQ(request(Route::confirm, url, "PUT").at(respond_field::code), "method_not_allowed");
}

// An image, a frame or a script on a sibling sub-domain must not sign anybody in as somebody else.
TEST_F(SupabaseConfirm, OnlyANavigationRedeemsALinkOnGet) {
  configure({{"verifyOnGet", true}});
  const std::string url = "/auth/confirm?token_hash=abc&type=email";
  for (const auto& [mode, dest] : {std::pair<std::string, std::string>{"no-cors", "image"},
                                   {"navigate", "iframe"},
                                   {"cors", "empty"},
                                   {"no-cors", "script"}}) {
    SCOPED_TRACE(dest);
    const StepCase step = request(Route::confirm, url, "GET",
                                  {{RequestHeader::sec_fetch_mode, mode}, {RequestHeader::sec_fetch_dest, dest}});
    ASSERT_EQ(step.kind(), StepKind::respond);
    EXPECT_EQ(step.at(respond_field::code), "fetch_metadata");
    EXPECT_EQ(step.at(respond_field::status), "403");
  }
  const auto kind_of = [&](const std::string& mode, const std::string& dest) {
    return request(Route::confirm, url, "GET",
                   {{RequestHeader::sec_fetch_mode, mode},
                    {RequestHeader::sec_fetch_dest, dest},
                    {RequestHeader::sec_fetch_site, "same-origin"}})
        .kind();
  };
  EXPECT_EQ(kind_of("navigate", "document"), StepKind::fetch);
  EXPECT_EQ(kind_of("", ""), StepKind::fetch) << "older browsers";
  EXPECT_EQ(kind_of("navigate", "empty"), StepKind::respond) << "a service worker passes it on: the page has a button";
  EXPECT_EQ(kind_of("same-origin", "empty"), StepKind::respond);
}

TEST_F(SupabaseConfirm, AScriptOfTheAppMayPressTheButton) {
  for (const bool verify_on_get : {false, true}) {
    configure({{"verifyOnGet", verify_on_get}});
    const StepCase step = request(Route::confirm, "/auth/confirm", "POST",
                                  {{RequestHeader::content_type, kForm},
                                   {RequestHeader::sec_fetch_mode, "cors"},
                                   {RequestHeader::sec_fetch_dest, "empty"},
                                   {RequestHeader::sec_fetch_site, "same-origin"}},
                                  kLink);
    EXPECT_EQ(step.kind(), StepKind::fetch) << verify_on_get;
  }
}

TEST_F(SupabaseConfirm, RefusesWhatIsNoLinkOrNoButton) {
  configure();
  for (const char* query : {"", "token_hash=a", "type=email", "token_hash=a&type=sms", "token_hash=&type=email",
                            "token_hash=%0A&type=email", "token_hash=a&type=EMAIL"})
    expect_failure(request(Route::confirm, std::string("/auth/confirm?") + query), "token_hash_missing");
  expect_failure(request(Route::confirm, "/auth/confirm?type=email&token_hash=" + std::string(513, 'a')),
                 "token_hash_missing");
  EXPECT_EQ(page_of(request(Route::confirm, "/auth/confirm?type=email&token_hash=" + std::string(512, 'a'))),
            "confirm");
  const auto post = [this](std::map<RequestHeader, std::string> headers, const std::string& body = kLink) {
    return request(Route::confirm, "/auth/confirm", "POST", std::move(headers), body);
  };
  const std::string longest = kLink + ("&x=" + std::string(kMaxFormBodyBytes - std::string(kLink).size() - 3, 'x'));
  EXPECT_EQ(post({{RequestHeader::content_type, kForm}}, longest).kind(), StepKind::fetch);
  expect_failure(post({{RequestHeader::content_type, kForm}}, longest + "x"), "request_too_large");
  expect_failure(post({{RequestHeader::content_type, kForm}, {RequestHeader::origin, "https://evil.example"}}), "csrf");
  expect_failure(post({{RequestHeader::content_type, kForm}, {RequestHeader::sec_fetch_site, "cross-site"}}), "csrf");
  expect_failure(post({{RequestHeader::content_type, "text/plain"}}), "content_type");
}

TEST_F(SupabaseConfirm, SendsATokenHashThatStaysOneString) {
  configure();
  const StepCase fetch = request(Route::confirm, "/auth/confirm", "POST", {{RequestHeader::content_type, kForm}},
                                 "token_hash=a%22%5C%2C%22type%22%3A%22x&type=email");
  ASSERT_EQ(fetch.kind(), StepKind::fetch);
  EXPECT_EQ(body_of(fetch), (Json{{"type", "email"}, {"token_hash", "a\"\\,\"type\":\"x"}}));
}

}  // namespace
}  // namespace landfall
