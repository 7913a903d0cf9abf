// The safe-`next` check as a program: targets and origins by turns in a message on stdin, one line for each on stdout
// (`-` where it is refused).
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "codec/core.hpp"

using namespace landfall;

namespace {

// What a caller makes of the answer, as messages.def has it.
std::string line_for(std::string_view next, std::string_view answer) {
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
    MessageBuilder message;
    message.add({(*pairs)[i], (*pairs)[i + 1]});
    const Text answer = core.handle(Operation::check_next, message.build());
    std::puts(line_for((*pairs)[i], answer).c_str());
  }
}
