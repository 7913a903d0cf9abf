#include "pages/page.hpp"

#include <array>

#include "base/base64url.hpp"
#include "base/capabilities.hpp"
#include "base/sha256.hpp"
#include "pages/assets.hpp"

namespace landfall {
namespace {

/// An inline script or style of a page, as a Content-Security-Policy names it (CSP Level 3, 2.3.1).
Text hash_source(std::string_view text) {
  const Sha256Digest digest = sha256(text);
  return concat("'sha256-", base64(as_bytes(digest)), "'");
}

}  // namespace

Page build_page(const PageFrame& frame, std::string_view html, std::span<const Slot> slots) {
  if (!kHasPages) return {};
  const Text body = fill_template(html, slots);
  const auto around = std::to_array<Slot>({
      {"heading", frame.heading},
      {"referrer", frame.referrer},
      {"callback", frame.callback},
      {"style", assets::kStyle},
      {"script", assets::kScript},
      {"body", body},
  });
  return {.html = fill_template(assets::kPage, around),
          .policy = concat("default-src 'none'; script-src ", hash_source(assets::kScript), "; style-src ",
                           hash_source(assets::kStyle), "; img-src data:; base-uri 'none'; frame-ancestors 'none'")};
}

}  // namespace landfall
