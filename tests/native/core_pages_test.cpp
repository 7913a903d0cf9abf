#include "page_case.hpp"
#include "supabase_case.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

/// The pages as the core answers with them.
class PagesOfTheCore : public SupabaseCase {
 protected:
  static std::string header(const StepCase& step, const std::string& name) {
    const auto values = step.headers(respond_field::header_0, name);
    return values.size() == 1 ? values[0] : "";
  }

  static void expect_headers(const StepCase& step, const std::string& referrer_policy) {
    EXPECT_EQ(step.at(respond_field::status), "200");
    EXPECT_EQ(header(step, "content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(header(step, "x-content-type-options"), "nosniff");
    EXPECT_EQ(header(step, "cache-control"), "no-store");
    EXPECT_EQ(header(step, "referrer-policy"), referrer_policy);
    EXPECT_TRUE(set_cookies(step).empty());
  }
};

std::string encoded(std::string_view text) {
  Memory memory;
  const MemoryScope scope(memory);
  Text out;
  append_form_encoded(out, text);
  return std::string(out.view());
}

TEST_F(PagesOfTheCore, TheErrorPage) {
  configure();
  const std::string path = "/auth/auth-code-error?error=token_network&provider=bitbucket&next=%2Fwelcome";
  const StepCase page = request(Route::error, path);
  expect_headers(page, "same-origin");
  expect_sound(page.at(respond_field::body), header(page, "content-security-policy"));
  EXPECT_NE(page.at(respond_field::body).find("href=\"/auth/sign-in?provider=bitbucket&#38;next=%2Fwelcome\""),
            std::string::npos)
      << page.at(respond_field::body);
  EXPECT_EQ(page.at(respond_field::code), "token_network");
  EXPECT_EQ(page.at(respond_field::provider), "bitbucket");
  EXPECT_EQ(page.at(respond_field::next), "/welcome");
  EXPECT_EQ(page.at(respond_field::log), "") << "what it shows is no news";

  const StepCase head = request(Route::error, path, "HEAD");
  EXPECT_EQ(head.at(respond_field::body), "");
  const auto headers = [](const StepCase& step) {
    return Strings(step.fields.begin() + respond_field::header_0, step.fields.end());
  };
  EXPECT_EQ(headers(head), headers(page));
  EXPECT_EQ(head.at(respond_field::status), "200");
  for (const char* method : {"POST", "PUT", "get"})
    EXPECT_EQ(request(Route::error, path, method).at(respond_field::code), "method_not_allowed") << method;
}

// Also that of a code that comes with the answer to a request otherwise.
TEST_F(PagesOfTheCore, TheErrorPageOfEachCode) {
  configure();
  for (const char* code : {"discovery_unavailable", "discovery_invalid", "discovery_issuer", "certificate_untrusted"}) {
    const StepCase page = request(Route::error, std::string("/auth/auth-code-error?error=") + code);
    expect_headers(page, "same-origin");
    EXPECT_EQ(page.at(respond_field::code), code);
    EXPECT_EQ(page.at(respond_field::provider_status), "");
  }
}

// What Supabase puts into the fragment is for its callback.
TEST_F(PagesOfTheCore, TheErrorPageKnowsACallbackOnlyWithSupabase) {
  configure();
  const std::string wanted = "<script data-callback=\"/auth/callback\">";
  EXPECT_NE(request(Route::error, "/auth/auth-code-error").at(respond_field::body).find(wanted), std::string::npos);
  const Json direct = {{"clientId", "client-1"},
                       {"authorizationEndpoint", "https://as.example/authorize"},
                       {"tokenEndpoint", "https://as.example/token"}};
  const Json config = {
      {"secret", std::string(32, 's')}, {"origin", "https://app.example"}, {"providers", {{"work", direct}}}};
  handle(core, Operation::configure, {config.dump()});
  EXPECT_NE(request(Route::error, "/auth/auth-code-error").at(respond_field::body).find("<script data-callback=\"\">"),
            std::string::npos);
}

TEST_F(PagesOfTheCore, AQueryChangesNoTagOfTheErrorPage) {
  configure();
  const auto at = [this](const std::string& error, const std::string& provider, const std::string& next) {
    return request(Route::error, "/auth/auth-code-error?error=" + error + "&provider=" + provider + "&next=" + next)
        .at(respond_field::body);
  };
  const auto nothing = shape_of(at("", "nobody", ""));
  const auto code = shape_of(at("token_network", "nobody", ""));
  const auto whole = shape_of(at("token_network", "bitbucket", "%2Fa"));
  EXPECT_NE(nothing, code);
  EXPECT_NE(code, whole);
  for (const std::string_view value : kHostileValues) {
    SCOPED_TRACE(value);
    const std::string hostile = encoded(value);
    EXPECT_EQ(shape_of(at(hostile, hostile, hostile)), nothing);
    EXPECT_EQ(shape_of(at("token_network", hostile, hostile)), code);
    EXPECT_EQ(shape_of(at("token_network", "bitbucket", hostile)), whole);
    EXPECT_EQ(shape_of(at("token_network", "bitbucket", "%2F" + hostile)), whole);
  }
}

TEST_F(PagesOfTheCore, TheConfirmPage) {
  configure();
  const std::string path = "/auth/confirm?type=recovery&token_hash=h&next=%2Fa";
  const StepCase page = request(Route::confirm, path);
  expect_headers(page, "same-origin");
  const std::string body = page.at(respond_field::body);
  expect_sound(body, header(page, "content-security-policy"));
  EXPECT_EQ(element_of(body, "h1"), "Reset your password");
  EXPECT_EQ(page.at(respond_field::log), "");
  EXPECT_EQ(request(Route::confirm, path, "HEAD").at(respond_field::body), "");
  for (const std::string_view value : kHostileValues) {
    SCOPED_TRACE(value);
    const StepCase hostile = request(
        Route::confirm, "/auth/confirm?type=recovery&token_hash=" + encoded(value) + "&next=%2F" + encoded(value));
    ASSERT_EQ(page_of(hostile), "confirm");
    // A `next` that is not safe is left out.
    EXPECT_EQ(shape_of(hostile.at(respond_field::body)),
              shape_of(hostile.at(respond_field::next).empty()
                           ? request(Route::confirm, "/auth/confirm?type=recovery&token_hash=h").at(respond_field::body)
                           : body));
  }
}

}  // namespace
}  // namespace landfall
