#include "base/errors.hpp"

#include <array>

namespace landfall {
namespace {

// Column by column: a pointer and a size for each of ninety names are larger than the walk to a name.
constexpr char kNames[] = "\0"
#define LANDFALL_ERROR(code, blame, reply, sentence, spec) #code "\0"
#include "base/errors.def"
#undef LANDFALL_ERROR
    ;

constexpr auto kReplies = std::to_array<Reply>({
    Reply::redirect,
#define LANDFALL_ERROR(code, blame, reply, sentence, spec) Reply::reply,
#include "base/errors.def"
#undef LANDFALL_ERROR
});

std::string_view error_name(std::size_t row) {
  std::string_view name(kNames);
  while (row-- > 0) name = std::string_view(name.data() + name.size() + 1);
  return name;
}

}  // namespace

ErrorRow error_row(ErrorCode code) {
  const auto row = static_cast<std::size_t>(code);
  return {.name = error_name(row), .reply = kReplies[row]};
}

ErrorCode find_error(std::string_view name) {
  for (std::size_t row = 1; row < kReplies.size(); ++row)
    if (error_name(row) == name) return static_cast<ErrorCode>(row);
  return ErrorCode::internal_error;
}

}  // namespace landfall
