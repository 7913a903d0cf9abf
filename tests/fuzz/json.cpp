// JSON: the reader accepts what nlohmann's own parser accepts, except for what json.hpp says it refuses or mends.
#include "codec/json.hpp"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "codec/jwt.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kWanted[] = {"access_token", "aud", "keys", "kid"};
  const auto document = parse_json(text, kWanted, 3);
  const bool is_accepted = nlohmann::json::accept(text.begin(), text.end());
  // Ours may refuse: depth, NUL, a wanted member twice. Theirs may refuse: lone surrogates, numbers beyond a double.
  if (document && !is_accepted && text.find("\\u") == std::string_view::npos &&
      text.find_first_of("eE0123456789") == std::string_view::npos)
    std::abort();
  if (!document && is_accepted && size < 32 && text.find('\0') == std::string_view::npos &&
      text.find('"') == std::string_view::npos)
    std::abort();
  if (const auto id_token = parse_id_token(text); id_token && id_token->signing_input.size() >= size) std::abort();
  return 0;
}
