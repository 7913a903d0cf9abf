#include "page_case.hpp"
#include "pages/confirm_page.hpp"
#include "pages/error_page.hpp"
#include "supabase_case.hpp"

namespace landfall {
namespace {

Page make_error_page(ErrorCode code, std::string_view value) {
  return build_error_page({.code = code,
                           .provider = value,
                           .words = value,
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

}  // namespace
}  // namespace landfall
