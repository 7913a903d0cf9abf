// The sealed transaction: only the bytes that were sealed open, whatever else comes.
#include "rules/transaction.hpp"

#include <array>

#include "base/ascii.hpp"
#include "input.hpp"
#include "rules/pkce.hpp"
#include "rules/state.hpp"
#include "rules/transaction_cookies.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::array<HmacKey, 1> keys{HmacKey("0123456789abcdef0123456789abcdef")};
  const TransactionBinding binding{.redirect_uri = "https://app.example/auth/callback", .issuer = "https://as.example"};
  constexpr std::string_view kEntropy = "0123456789abcdef0123456789abcdef";
  const Text state = make_state(kEntropy, 1750000000, "app.example");
  const Text code_verifier = make_code_verifier(kEntropy);
  const Text sealed = seal_transaction({.provider = "custom:my.idp",
                                        .state = state,
                                        .code_verifier = code_verifier,
                                        .nonce = "",
                                        .next = "/a,b;c",
                                        .created = 1750000000},
                                       binding, keys[0]);

  for (const char c : sealed) CHECK(is_alnum(c) || c == '-' || c == '_' || c == '.');

  // The input changes the sealed value byte by byte: position, then what to xor it with.
  Text changed = concat(sealed, "");
  for (std::size_t i = 0; i + 1 < size; i += 2)
    changed.writable()[data[i] % changed.size()] ^= static_cast<char>(data[i + 1]);
  for (const std::string_view candidate : {changed.view(), input}) {
    const auto transaction = parse_transaction(candidate);
    if (!transaction) continue;
    const ErrorCode code = check_transaction(candidate, *transaction, binding, keys, 1750000001);
    CHECK((code == ErrorCode::ok) == (candidate == sealed.view()));
    CHECK(code != ErrorCode::ok || transaction->next == "/a,b;c");
  }
  (void)explain_missing_transaction(input, size % 2 == 0, state, "app.example", 1750000001);
  CHECK(start_cookies(input, true, false, state, sealed).size() <= 64);
  // Whatever a callback is recognised by, the list that the browser gets holds tags alone.
  for (const std::string_view line : end_cookies(input, false, input, input.substr(size / 2))) {
    constexpr std::string_view kDone = "landfall-done=";
    if (!line.starts_with(kDone)) continue;
    for (std::string_view tags = line.substr(kDone.size(), line.find(';') - kDone.size()); !tags.empty();)
      CHECK(is_state_tag(take_until(tags, '.')));
  }
  return 0;
}
