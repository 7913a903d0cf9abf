#pragma once

#include <string_view>

#include "base/text.hpp"
#include "json/document.hpp"

namespace landfall {

/// Where the members of a profile are in a session.
struct ProfileSource {
  /// `member=path`, with blanks between. A member that is left out is under its OpenID Connect name (Core 5.1); an
  /// empty path finds nothing. A path has `/` between names. It leads into the userinfo, or else into the claims; one
  /// that begins with `/` leads into the session itself. `|` stands before another place to look. `+` joins two texts
  /// with a blank. A path in braces is put into the text around it, if its value is letters, digits and `_`. For
  /// email_verified, `&` joins two conditions; `?` stands before a path that has to have a text, and `#` before one
  /// whose value may also be 1.
  std::string_view paths;
  /// In the session's `emails`: the names of the address, of "primary" and of "verified". Empty for no such list.
  std::string_view emails = {};
};

/// Where the provider's own profile has the person's id, by `paths` of ProfileSource: the first of its places.
std::string_view subject_path(std::string_view paths);

/// The person's id in a userinfo: `sub`. A provider's own profile has none, and says the id of its ID Tokens at `path`;
/// of a number there, the digits are the id.
Value subject(const Document& userinfo, std::string_view path);

/// A person's profile as JSON in ASCII: `provider`, `sub`, `name`, `email`, `email_verified`, `picture`, `username` and
/// `locale`. Each is a text of at most kMaxProfileTextBytes or null (a number becomes one in `sub` alone).
/// email_verified is true only if the provider says so where it says the address. Empty when the session is not JSON,
/// or says a name twice that the profile needs.
/// @param provider empty where the session says it: the path of `provider`. @param session a JSON object in ASCII
/// that has a member.
Text build_profile(std::string_view provider, std::string_view session, const ProfileSource& source);

/// The session with its profile as the last member. @param profile of build_profile
Text with_profile(std::string_view session, std::string_view profile);

}  // namespace landfall
