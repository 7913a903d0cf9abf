#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.hpp"

namespace landfall {

enum class NextVerdict : std::uint8_t { refused, unchanged, encoded };

/// Decides whether `next`, the page to open after sign-in, stays on this app; only ever percent-encodes, so a target
/// that would need a rewrite to be safe (a backslash, TAB or dot segment in its path) is refused.
///
/// `next` is UTF-8, and any other bytes are refused. `origin` is the app's own, as in "https://app.example"; a target
/// that starts with it and a slash loses it, and with an empty origin only paths are accepted.
///
/// The target to emit is `next` itself when the verdict is `unchanged`, and `encoded` (overwritten) when it is
/// `encoded`; otherwise `encoded` is left alone. Every target that is emitted
/// - starts with one slash, and has only the bytes 0x21 to 0x7E and no backslash: at most kMaxNextBytes;
/// - is a fixed point: checked again, it is `unchanged`;
/// - means the same under every base URL of this origin, and equals the URL Standard's serialisation of the input,
///   except that a backslash of the query or fragment becomes %5C;
/// - still names this origin, and holds no control character, when its path is percent-decoded once more.
///
/// Bare `?` and `#` at the end are kept. URL Standard 4.4 and 4.5; RFC 9700 4.11. Proof: tests/vectors/next.json.
NextVerdict check_next(std::string_view next, std::string_view origin, Text& encoded);

}  // namespace landfall
