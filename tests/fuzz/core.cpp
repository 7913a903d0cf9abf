// The whole core: any message to any operation is answered by a message of ASCII, configured or not. What the answers
// promise is for journey.cpp.
#include "codec/core.hpp"

#include "input.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kConfig =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","providers":{
  "work":{"clientId":"client-1","clientSecret":"s","authorizationEndpoint":"https://as.example/authorize",
    "tokenEndpoint":"https://as.example/token"},
  "openid":{"clientId":"client-1","clientSecret":"s","issuer":"https://as.example","responseMode":"form_post"}},
  "supabase":{"url":"https://abc.supabase.co","key":"anon","cookies":{"encode":"tokens-only"},"verifyOnGet":true},
  "session":{"tokens":true,"endProviderSession":true},"onSession":true,"onSignOut":true,"isRevoked":true})";

constexpr unsigned kOperations = static_cast<unsigned>(Operation::fail) + 1;

void check_answer(std::string_view answer) {
  const auto message = Message::parse(answer);
  CHECK(message.has_value());
  for (std::size_t i = 0; i < message->size(); ++i)
    for (const char c : (*message)[i]) CHECK(static_cast<unsigned char>(c) < 0x80);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const auto operation = static_cast<Operation>(input.pick(kOperations));
  const std::uint8_t mode = input.byte();
  const std::string_view rest = input.rest();
  Memory memory;
  const MemoryScope scope(memory);
  Core core;
  MessageBuilder config;
  config.add(kConfig);
  const Text config_message = config.build();
  if (mode < 0xF0) check_answer(core.handle(Operation::configure, config_message));
  if (mode % 2 == 0) {
    check_answer(core.handle(operation, rest));
    return 0;
  }
  // Fields separated by 0xFF make a message that is well formed.
  MessageBuilder message;
  for (std::size_t from = 0; from <= rest.size();) {
    const std::size_t end = std::min(rest.find('\xFF', from), rest.size());
    message.add(rest.substr(from, end - from));
    from = end + 1;
  }
  const Text built = message.build();
  check_answer(core.handle(operation, built));
  return 0;
}
