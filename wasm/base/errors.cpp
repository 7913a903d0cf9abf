#include "base/errors.hpp"

#include <array>

namespace landfall {
namespace {

constexpr auto kRows = std::to_array<ErrorRow>({
    {"", Blame::none, Reply::redirect},
#define LANDFALL_ERROR(code, blame, reply, sentence, spec) {#code, Blame::blame, Reply::reply},
#include "base/errors.def"
#undef LANDFALL_ERROR
});

}  // namespace

const ErrorRow& error_row(ErrorCode code) { return kRows[static_cast<std::size_t>(code)]; }

ErrorCode find_error(std::string_view name) {
  for (std::size_t i = 1; i < kRows.size(); ++i)
    if (kRows[i].name == name) return static_cast<ErrorCode>(i);
  return ErrorCode::internal_error;
}

}  // namespace landfall
