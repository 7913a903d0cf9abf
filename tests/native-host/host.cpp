// The installed library as a process: operations on stdin, answers on stdout. A question is the number of a
// configuration, the operation and a message; an answer is a message. A message is the count of its fields, then each
// field behind its length; every number is a u32 as this machine has it.
#include <unistd.h>

#include <cstdint>
#include <landfall/landfall.hpp>
#include <map>

namespace {

/// False at the end of the input.
bool read_bytes(char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t count = read(STDIN_FILENO, to, size);
    if (count <= 0) return false;
    to += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

bool read_number(std::uint32_t& number) { return read_bytes(reinterpret_cast<char*>(&number), sizeof number); }

bool read_message(landfall::Fields& fields) {
  std::uint32_t count = 0;
  if (!read_number(count)) return false;
  fields = landfall::Fields(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t size = 0;
    if (!read_number(size)) return false;
    std::string text(size, '\0');
    if (!read_bytes(text.data(), size)) return false;
    fields.set(i, text);
  }
  return true;
}

void append_number(std::string& out, std::size_t number) {
  const auto value = static_cast<std::uint32_t>(number);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

bool write_message(const landfall::Fields& fields) {
  std::string out;
  append_number(out, fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    append_number(out, fields.at(i).size());
    out += fields.at(i);
  }
  for (std::string_view rest = out; !rest.empty();) {
    const ssize_t count = write(STDOUT_FILENO, rest.data(), rest.size());
    if (count <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

int main() {
  std::map<std::uint32_t, landfall::Landfall> cores;
  std::uint32_t number = 0;
  std::uint32_t operation = 0;
  landfall::Fields fields;
  while (read_number(number)) {
    if (!read_number(operation) || !read_message(fields)) return 1;
    if (!write_message(cores[number].handle(static_cast<landfall::Operation>(operation), fields))) return 1;
  }
}
