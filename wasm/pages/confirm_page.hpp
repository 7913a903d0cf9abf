#pragma once

#include <string_view>

#include "pages/page.hpp"

namespace landfall {

/// The link of an e-mail, as the page's form sends it on.
struct ConfirmPage {
  /// The path of the confirm route.
  std::string_view action;
  std::string_view type;
  std::string_view token_hash;
  std::string_view next;
};

/// The page behind a link in an e-mail. Programs that look through mail open links, and a link works once, so it takes
/// a press of the button. The referrer is the origin alone: the address holds the token, and with no referrer at all
/// browsers send `Origin: null`.
Page build_confirm_page(const ConfirmPage& link);

}  // namespace landfall
