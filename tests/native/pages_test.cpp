#include "page_case.hpp"
#include "pages/confirm_page.hpp"
#include "pages/error_page.hpp"
#include "supabase_case.hpp"

namespace landfall {
namespace {

using Strings = std::vector<std::string>;

/// What holds of every page: one style and one script, which the policy names and nothing else, and nothing that the
/// policy would stop.
void expect_sound(std::string_view html, std::string_view policy) {
  const std::string style = element_of(html, "style");
  const std::string script = element_of(html, "script");
  EXPECT_FALSE(style.empty());
  EXPECT_FALSE(script.empty());
  EXPECT_EQ(sources_of(policy, "style-src"), Strings{hash_of(style)});
  EXPECT_EQ(sources_of(policy, "script-src"), Strings{hash_of(script)});
  EXPECT_EQ(sources_of(policy, "default-src"), Strings{"'none'"});
  EXPECT_EQ(sources_of(policy, "frame-ancestors"), Strings{"'none'"});
  EXPECT_EQ(sources_of(policy, "base-uri"), Strings{"'none'"});
  EXPECT_EQ(sources_of(policy, "img-src"), Strings{"data:"});
  EXPECT_EQ(element_of(html, "h1"), element_of(html, "title"));
  for (const std::string& tag : shape_of(html)) {
    EXPECT_EQ(tag.find(" on"), std::string::npos) << tag;
    EXPECT_EQ(tag.find(" style"), std::string::npos) << tag;
    EXPECT_EQ(tag.find('\''), std::string::npos) << tag;
  }
  for (const char c : html) EXPECT_TRUE((c >= ' ' && c < '\x7F') || c == '\n') << static_cast<int>(c);
}

Page make_error_page(ErrorCode code, std::string_view value) {
  return build_error_page({.code = code,
                           .provider = value,
                           .next = value,
                           .option = value,
                           .variable = value,
                           .sign_in_path = "/auth/sign-in",
                           .callback_path = "/auth/callback"});
}

TEST(ErrorPage, EveryCodeHasAPage) {
  for (int i = 1; i <= static_cast<int>(ErrorCode::internal_error); ++i) {
    Memory memory;
    const MemoryScope scope(memory);
    const auto code = static_cast<ErrorCode>(i);
    const ErrorRow row = error_row(code);
    SCOPED_TRACE(row.name);
    const Page page = make_error_page(code, "work");
    expect_sound(page.html, page.policy);
    EXPECT_EQ(sources_of(page.policy, "form-action"), Strings{"'none'"});
    const std::string html(page.html.view());
    EXPECT_NE(html.find("<code>" + std::string(row.name) + "</code>"), std::string::npos);
    EXPECT_NE(html.find("Who must act: " + std::string(row.blame)), std::string::npos);
    EXPECT_EQ(html.find("Specification: ") != std::string::npos, !error_spec(code).empty());
    const bool is_sign_out = code == ErrorCode::sign_out_failed || code == ErrorCode::revocation_failed;
    const bool is_finished = code == ErrorCode::transaction_used || code == ErrorCode::flow_state_already_used;
    EXPECT_EQ(element_of(html, "h1"), is_sign_out                                      ? "The sign-out did not finish"
                                      : is_finished                                    ? "Already finished"
                                      : code == ErrorCode::email_change_half_confirmed ? "One more step"
                                                                                       : "The sign-in did not finish");
    // Where a sign-in can be started again, and where it would only lead back here.
    EXPECT_EQ(html.find("Start again</a>") != std::string::npos, !is_sign_out && code != ErrorCode::provider_unknown);
  }
}

TEST(ErrorPage, OkIsThePageThatKnowsNothing) {
  ErrorPage about;
  const Page nowhere = build_error_page(about);
  about.callback_path = "/auth/callback";
  const Page page = build_error_page(about);
  expect_sound(page.html, page.policy);
  const std::string html(page.html.view());
  EXPECT_EQ(element_of(html, "h1"), "The sign-in did not finish");
  EXPECT_NE(html.find("Something interrupted it"), std::string::npos);
  EXPECT_EQ(html.find("Error code"), std::string::npos);
  EXPECT_EQ(html.find("data-option"), std::string::npos);
  EXPECT_NE(html.find("<script data-callback=\"/auth/callback\">"), std::string::npos);
  EXPECT_NE(nowhere.html.view().find("<script data-callback=\"\">"), std::string_view::npos);
}

TEST(ErrorPage, BackquotesOfASentenceAreCode) {
  ErrorPage about;
  about.code = ErrorCode::origin_required;
  const Page page = build_error_page(about);
  EXPECT_NE(page.html.view().find("The public origin is unknown: set <code>origin</code> to your app&#39;s address."),
            std::string_view::npos);
}

TEST(ErrorPage, NoValueChangesItsShape) {
  const Page plain = make_error_page(ErrorCode::provider_not_configured, "work");
  for (const std::string_view value : kHostileValues) {
    SCOPED_TRACE(value);
    const Page page = make_error_page(ErrorCode::provider_not_configured, value);
    expect_sound(page.html, page.policy);
    EXPECT_EQ(shape_of(page.html), shape_of(plain.html));
    EXPECT_EQ(page.policy, plain.policy);
  }
}

ConfirmPage link_with(std::string_view value) {
  return {.action = "/auth/confirm", .type = "email", .token_hash = value, .next = value};
}

TEST(ConfirmPage, EveryTypeHasItsWords) {
  const std::vector<Strings> words = {
      {"signup", "Confirm your e-mail address", "Confirm"},
      {"invite", "Accept the invitation", "Accept"},
      {"magiclink", "Sign in", "Sign in"},
      {"recovery", "Reset your password", "Reset the password"},
      {"email_change", "Change your e-mail address", "Confirm the change"},
      {"email", "Confirm your e-mail address", "Confirm and sign in"},
  };
  for (const Strings& row : words) {
    SCOPED_TRACE(row[0]);
    const Page page = build_confirm_page({.action = "/auth/confirm", .type = row[0], .token_hash = "h", .next = "/a"});
    expect_sound(page.html, page.policy);
    const std::string html(page.html.view());
    EXPECT_EQ(element_of(html, "h1"), row[1]);
    EXPECT_EQ(element_of(html, "button"), row[2]);
    EXPECT_NE(html.find("<form method=\"post\" action=\"/auth/confirm\">"), std::string::npos);
    EXPECT_NE(html.find("name=\"type\" value=\"" + row[0] + "\""), std::string::npos);
    EXPECT_NE(html.find("name=\"token_hash\" value=\"h\""), std::string::npos);
    EXPECT_NE(html.find("name=\"next\" value=\"/a\""), std::string::npos);
    // Its script must not send anything to a callback, and its address holds a token.
    EXPECT_NE(html.find("<script data-callback=\"\">"), std::string::npos);
    EXPECT_NE(html.find("<meta name=\"referrer\" content=\"strict-origin\">"), std::string::npos);
    // A policy without form-action: Chromium would ask it about the redirect behind the form.
    EXPECT_EQ(sources_of(page.policy, "form-action"), Strings{});
  }
  const Page page = build_confirm_page({.action = "/auth/confirm", .type = "email", .token_hash = "h", .next = ""});
  EXPECT_EQ(page.html.view().find("name=\"next\""), std::string_view::npos);
}

TEST(ConfirmPage, NoValueChangesItsShape) {
  const Page plain = build_confirm_page(link_with("h"));
  for (const std::string_view value : kHostileValues) {
    SCOPED_TRACE(value);
    const Page page = build_confirm_page(link_with(value));
    expect_sound(page.html, page.policy);
    EXPECT_EQ(shape_of(page.html), shape_of(plain.html));
    EXPECT_EQ(page.policy, plain.policy);
  }
}

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
