#pragma once

#include <span>
#include <string_view>

#include "base/text.hpp"
#include "pages/template.hpp"

namespace landfall {

/// A page of ours, in ASCII.
struct Page {
  Text html;
  /// Its Content-Security-Policy (CSP Level 3): its own style, its own script, the empty icon that keeps browsers from
  /// asking for another one, and nothing else.
  Text policy;
};

/// The values that every page has beside its own part.
struct PageFrame {
  std::string_view heading;
  /// A referrer policy, since an address may hold a token.
  std::string_view referrer;
  /// Where the script sends an error in the fragment; empty for nowhere.
  std::string_view callback;
};

/// Puts a page together; an empty one in a build without pages. @param html the template of its own part. @param slots
/// the values in it.
Page build_page(const PageFrame& frame, std::string_view html, std::span<const Slot> slots);

}  // namespace landfall
