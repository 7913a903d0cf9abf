#include "pages/confirm_page.hpp"

#include <array>

#include "pages/assets.hpp"

namespace landfall {
namespace {

/// The texts of the page for one type of link.
struct Words {
  std::string_view type;
  std::string_view heading;
  std::string_view sentence;
  std::string_view button;
};

constexpr auto kWords = std::to_array<Words>({
    {"signup", "Confirm your e-mail address", "This opens your account and signs you in.", "Confirm"},
    {"invite", "Accept the invitation", "This opens your account and signs you in.", "Accept"},
    {"magiclink", "Sign in", "This signs you in on this browser.", "Sign in"},
    {"recovery", "Reset your password", "This signs you in, and you can then choose a new password.",
     "Reset the password"},
    {"email_change", "Change your e-mail address", "This confirms that the address is yours.", "Confirm the change"},
    {"email", "Confirm your e-mail address", "This signs you in on this browser.", "Confirm and sign in"},
});

const Words& words_of(std::string_view type) {
  for (const Words& words : kWords)
    if (words.type == type) return words;
  return kWords[kWords.size() - 1];
}

}  // namespace

Page build_confirm_page(const ConfirmPage& link) {
  const Words& words = words_of(link.type);
  const auto slots = std::to_array<Slot>({
      {"sentence", words.sentence},
      {"action", link.action},
      {"token_hash", link.token_hash},
      {"type", link.type},
      {"next", link.next},
      {"button", words.button},
  });
  return build_page({.heading = words.heading, .referrer = "strict-origin", .callback = ""}, assets::kConfirm, slots);
}

}  // namespace landfall
