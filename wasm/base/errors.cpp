#include "base/errors.hpp"

#include <array>

namespace landfall {
namespace {

// Each column is one text. A pointer and a size for each of a hundred names need more bytes than a search for a name.
constexpr char kNames[] = "\0"
#define LANDFALL_ERROR(code, blame, reply, message, spec) #code "\0"
#include "base/errors.def"
#undef LANDFALL_ERROR
    ;

constexpr char kMessages[] = "\0"
#define LANDFALL_ERROR(code, blame, reply, message, spec) message "\0"
#include "base/errors.def"
#undef LANDFALL_ERROR
    ;

constexpr char kSpecs[] = "\0"
#define LANDFALL_ERROR(code, blame, reply, message, spec) spec "\0"
#include "base/errors.def"
#undef LANDFALL_ERROR
    ;

enum class Blame : std::uint8_t { none, app, browser, provider, landfall };

constexpr auto kBlames = std::to_array<Blame>({
    Blame::none,
#define LANDFALL_ERROR(code, blame, reply, message, spec) Blame::blame,
#include "base/errors.def"
#undef LANDFALL_ERROR
});

constexpr auto kBlameNames = std::to_array<std::string_view>({"", "app", "browser", "provider", "landfall"});

constexpr auto kReplies = std::to_array<Reply>({
    Reply::redirect,
#define LANDFALL_ERROR(code, blame, reply, message, spec) Reply::reply,
#include "base/errors.def"
#undef LANDFALL_ERROR
});

/// The text of a row in a column.
std::string_view text_at(const char* column, std::size_t row) {
  std::string_view text(column);
  while (row-- > 0) text = std::string_view(text.data() + text.size() + 1);
  return text;
}

}  // namespace

ErrorRow error_row(ErrorCode code) {
  const auto row = static_cast<std::size_t>(code);
  return {.name = text_at(kNames, row),
          .blame = kBlameNames[static_cast<std::size_t>(kBlames[row])],
          .reply = kReplies[row]};
}

std::string_view error_message(ErrorCode code) { return text_at(kMessages, static_cast<std::size_t>(code)); }

std::string_view error_spec(ErrorCode code) { return text_at(kSpecs, static_cast<std::size_t>(code)); }

ErrorCode find_error(std::string_view name) {
  for (std::size_t row = 1; row < kReplies.size(); ++row)
    if (text_at(kNames, row) == name) return static_cast<ErrorCode>(row);
  return ErrorCode::internal_error;
}

}  // namespace landfall
