#include "rules/redirect.hpp"

#include "rules/base_path.hpp"
#include "rules/next.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

/// The characters that a fragment must percent-encode (URL Standard 1.3). parse_url checks only the text before the
/// fragment.
constexpr std::string_view kNotInFragment = " \"<>`";

}  // namespace

Text read_redirect(std::string_view redirect, std::string_view base_path) {
  Text target;
  if (redirect.starts_with('/')) {
    const NextVerdict verdict = check_next(redirect, "", target);
    if (verdict == NextVerdict::refused) return {};
    target = in_base_path(base_path, verdict == NextVerdict::unchanged ? redirect : target.view());
  } else {
    const auto url = parse_url(redirect);
    if (!url || !is_secure_url(*url) || redirect.find_first_of(kNotInFragment) != std::string_view::npos) return {};
    target = redirect;
  }
  return target.view().find('#') == std::string_view::npos ? concat(target, "#") : target;
}

}  // namespace landfall
