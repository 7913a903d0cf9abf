// The safe-`next` check as a program: targets and origins by turns in a message on stdin, one line for each on stdout
// (`-` where it is refused). Each is asked twice: where it lies, between the others, and in a message of its own.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "codec/core.hpp"
#include "rules/next.hpp"

using namespace landfall;

namespace {

std::string line_in_place(std::string_view next, std::string_view origin) {
  Text encoded;
  const NextVerdict verdict = check_next(next, origin, encoded);
  if (verdict == NextVerdict::refused) return "-";
  return std::string(verdict == NextVerdict::encoded ? encoded.view() : next);
}

// What a caller makes of the answer, as messages.def has it.
std::string line_of(std::string_view next, std::string_view answer) {
  const auto fields = Message::parse(answer);
  if (!fields || fields->size() == 0) return "-";
  return std::string(fields->size() == 1 ? (*fields)[0U] : next);
}

}  // namespace

int main() {
  const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  Memory memory;
  const MemoryScope scope(memory);
  const auto pairs = Message::parse(input);
  if (!pairs || pairs->size() % 2 != 0) return 1;
  Core core;
  for (std::size_t i = 0; i < pairs->size(); i += 2) {
    Memory call_memory;
    const MemoryScope call(call_memory);
    const std::string_view next = (*pairs)[i];
    const std::string_view origin = (*pairs)[i + 1];
    MessageBuilder message;
    message.add({next, origin});
    const std::string line = line_of(next, core.handle(Operation::check_next, message.build()));
    if (line != line_in_place(next, origin)) {
      std::fprintf(stderr, "two answers to number %zu\n", i / 2);
      return 1;
    }
    std::puts(line.c_str());
  }
}
