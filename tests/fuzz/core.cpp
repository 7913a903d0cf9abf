// The whole core: any message is answered by a message of ASCII, and no token request leaves before its sign-in is
// proved.
#include "codec/core.hpp"

#include <cstdint>
#include <cstdlib>

using namespace landfall;

namespace {

constexpr std::string_view kConfig =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","providers":{
  "work":{"clientId":"client-1","clientSecret":"s","authorizationEndpoint":"https://as.example/authorize",
    "tokenEndpoint":"https://as.example/token"},
  "openid":{"clientId":"client-1","clientSecret":"s","issuer":"https://as.example","responseMode":"form_post"}}})";

constexpr unsigned kOperations = static_cast<unsigned>(Operation::fail) + 1;

std::string_view build(const MessageBuilder& message, Text& out) {
  out = message.build();
  return out;
}

void check_answer(std::string_view answer, bool is_resumed) {
  const auto message = Message::parse(answer);
  if (!message) std::abort();
  for (std::size_t i = 0; i < message->size(); ++i)
    for (const char c : (*message)[i])
      if (static_cast<unsigned char>(c) >= 0x80) std::abort();
  // A POST by FETCH is a token request or a revocation: without a sealed transaction there is none.
  if (message->size() > 4 && (*message)[0] == "1" && (*message)[3] == "POST" && !is_resumed) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  Memory memory;
  const MemoryScope scope(memory);
  Core core;
  Text bytes;
  MessageBuilder config;
  config.add(kConfig);
  check_answer(core.handle(Operation::configure, build(config, bytes)), true);

  const auto operation = static_cast<Operation>(data[0] % kOperations);
  const std::string_view input(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (data[1] % 2 == 0) {
    check_answer(core.handle(operation, input), true);
    return 0;
  }
  // Fields separated by 0xFF make a message that is well formed.
  MessageBuilder message;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= input.size(); ++i) {
    if (i < input.size() && data[2 + i] != 0xFF) continue;
    message.add(input.substr(from, i - from));
    from = i + 1;
  }
  const Text built = message.build();
  const auto parsed = Message::parse(built);
  const bool is_resumed =
      parsed && (!(*parsed)[RequestField::resume].empty() || !(*parsed)[RequestField::revoke_token].empty());
  check_answer(core.handle(operation, built), is_resumed);
  return 0;
}
