#include "pages/error_page.hpp"

#include <array>

#include "pages/assets.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

struct Heading {
  ErrorCode code;
  std::string_view text;
};

constexpr std::string_view kSignOut = "The sign-out did not finish";

/// The codes for which "The sign-in did not finish" is untrue.
constexpr auto kHeadings = std::to_array<Heading>({
    {ErrorCode::sign_out_failed, kSignOut},
    {ErrorCode::revocation_failed, kSignOut},
    {ErrorCode::transaction_used, "Already finished"},
    {ErrorCode::flow_state_already_used, "Already finished"},
    {ErrorCode::email_change_half_confirmed, "One more step"},
});

std::string_view heading_of(ErrorCode code) {
  for (const Heading& heading : kHeadings)
    if (heading.code == code) return heading.text;
  return "The sign-in did not finish";
}

/// A sentence as HTML: the text in backquotes is code.
Text to_html(std::string_view sentence) {
  Text html;
  bool is_code = false;
  while (true) {
    const std::size_t end = sentence.find('`');
    append_escaped(html, sentence.substr(0, end));
    if (end == std::string_view::npos) return html;
    sentence.remove_prefix(end + 1);
    is_code = !is_code;
    html += is_code ? "<code>" : "</code>";
  }
}

}  // namespace

Page build_error_page(const ErrorPage& about) {
  const ErrorRow row = error_row(about.code);
  const std::string_view heading = heading_of(about.code);
  Text retry;
  // A sign-in route that gets no known provider leads straight back here.
  if (!about.provider.empty() && about.code != ErrorCode::provider_unknown && heading != kSignOut) {
    retry = concat(about.sign_in_path, "?");
    append_form_field(retry, "provider", about.provider);
    if (!about.next.empty()) append_form_field(retry, "next", about.next);
  }
  const Text message = to_html(error_message(about.code));
  const auto slots = std::to_array<Slot>({
      {"message", message},
      {"words", about.words},
      {"option", about.option},
      {"variable", about.variable},
      {"retry", retry},
      {"home", about.home_path},
      {"code", row.name},
      {"provider", about.provider},
      {"blame", row.blame},
      {"spec", error_spec(about.code)},
  });
  Page page = build_page({.heading = heading, .referrer = "no-referrer", .callback = about.callback_path},
                         assets::kError, slots);
  // Chromium asks the policy about every redirect behind a form, and this page has none.
  page.policy += "; form-action 'none'";
  return page;
}

}  // namespace landfall
