#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "codec/message.hpp"

/// What goes into the core and what comes out of it, by name: for the native tests and the fuzz targets.
namespace landfall {

/// The 96 random bytes of a sign-in, as a test wants them: those from `first` on.
inline std::string make_entropy(char first = 'e') {
  std::string bytes(kEntropyBytes, first);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(first + static_cast<char>(i));
  return bytes;
}

/// The fields of REQUEST by name, and its headers.
struct RequestCase {
#define LANDFALL_COUNT(name) +1
  static constexpr std::size_t kHeaders = 0 LANDFALL_REQUEST_HEADER(LANDFALL_COUNT);
#undef LANDFALL_COUNT

  std::map<RequestField, std::string> fields;
  std::map<RequestHeader, std::string> headers;

  [[nodiscard]] std::vector<std::string> list() const {
    const auto first = static_cast<std::size_t>(RequestField::header_0);
    std::vector<std::string> out(first + kHeaders);
    for (const auto& [field, text] : fields) out[static_cast<std::size_t>(field)] = text;
    for (const auto& [header, text] : headers) out[first + static_cast<std::size_t>(header)] = text;
    return out;
  }
};

/// A step out of the core, read by name.
struct StepCase {
  std::vector<std::string> fields;

  [[nodiscard]] std::string at(std::size_t index) const { return index < fields.size() ? fields[index] : ""; }
  [[nodiscard]] StepKind kind() const { return static_cast<StepKind>(std::stoi(at(0))); }
  /// Every value of a header; `first` is where the pairs begin.
  [[nodiscard]] std::vector<std::string> headers(std::size_t first, std::string_view name) const {
    std::vector<std::string> out;
    for (std::size_t i = first; i + 1 < fields.size(); i += 2)
      if (fields[i] == name) out.push_back(fields[i + 1]);
    return out;
  }
};

// Where things are in a step, as messages.def lists them.
#define LANDFALL_ENUMERATOR(name) name,
namespace respond_field {
enum : std::size_t { LANDFALL_RESPOND(LANDFALL_ENUMERATOR) };
}
namespace fetch_field {
enum : std::size_t { LANDFALL_FETCH(LANDFALL_ENUMERATOR) };
}
namespace verify_field {
enum : std::size_t { LANDFALL_VERIFY(LANDFALL_ENUMERATOR) };
}
namespace sign_field {
enum : std::size_t { LANDFALL_SIGN(LANDFALL_ENUMERATOR) };
}
namespace body_field {
enum : std::size_t { LANDFALL_BODY(LANDFALL_ENUMERATOR) };
}
namespace session_field {
enum : std::size_t { LANDFALL_SESSION(LANDFALL_ENUMERATOR) };
}
namespace revoked_field {
enum : std::size_t { LANDFALL_REVOKED(LANDFALL_ENUMERATOR) };
}
namespace access_token_field {
enum : std::size_t { LANDFALL_ACCESS_TOKEN(LANDFALL_ENUMERATOR) };
}
namespace logout_field {
enum : std::size_t { LANDFALL_LOGOUT(LANDFALL_ENUMERATOR) };
}
namespace started_field {
enum : std::size_t { LANDFALL_STARTED(LANDFALL_ENUMERATOR) };
}
namespace stored_session_field {
enum : std::size_t { LANDFALL_STORED_SESSION(LANDFALL_ENUMERATOR) };
}
namespace ready_field {
enum : std::size_t { LANDFALL_READY(LANDFALL_ENUMERATOR) };
}
namespace refused_field {
enum : std::size_t { LANDFALL_REFUSED(LANDFALL_ENUMERATOR) };
}
#undef LANDFALL_ENUMERATOR

}  // namespace landfall
