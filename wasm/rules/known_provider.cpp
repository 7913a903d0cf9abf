#include "rules/known_provider.hpp"

#include <cstddef>

#include "base/ascii.hpp"

namespace landfall {
namespace {

struct Cell {
  Column column;
  std::string_view value;
};

constexpr auto kCells = std::to_array<Cell>({
#define LANDFALL_PROVIDER(text, ...) {Column::names, text},
#define LANDFALL_COLUMN(column, value) {Column::column, value},
#include "rules/providers.def"
});

/// The byte in front of a value. All marks are under the first printable character.
constexpr char mark(Column column) { return static_cast<char>(static_cast<std::uint8_t>(column) + 1); }
constexpr char kFirstOfValue = ' ';
static_assert(mark(Column::kCount) < kFirstOfValue);

consteval std::size_t count_bytes() {
  std::size_t bytes = 0;
  for (const Cell& cell : kCells) bytes += 1 + cell.value.size();
  return bytes;
}

/// The cells as one text: an address and a length for each would make the module larger than the values themselves.
constexpr auto kTable = [] {
  std::array<char, count_bytes()> table{};
  char* at = table.data();
  for (const Cell& cell : kCells) {
    *at++ = mark(cell.column);
    for (const char c : cell.value) *at++ = c;
  }
  return table;
}();

/// Takes the next cell off the front of the table.
Cell next_cell(std::string_view& table) {
  std::size_t end = 1;
  while (end < table.size() && table[end] >= kFirstOfValue) ++end;
  const Cell cell{static_cast<Column>(table.front() - 1), table.substr(1, end - 1)};
  table.remove_prefix(end);
  return cell;
}

}  // namespace

bool KnownProvider::has(std::string_view trait) const { return has_word((*this)[Column::traits], trait); }

KnownProvider known_provider(std::string_view name) {
  KnownProvider row;
  std::string_view table(kTable.data(), kTable.size());
  while (!table.empty()) {
    const Cell cell = next_cell(table);
    if (cell.column == Column::names) {
      if (!row[Column::names].empty()) break;
      if (!has_word(cell.value, name)) continue;
    } else if (row[Column::names].empty()) {
      continue;
    }
    row[cell.column] = cell.value;
  }
  return row;
}

}  // namespace landfall
