// ID Tokens: what is accepted is three segments of canonical base64url around two JSON objects, and no other bytes
// spell the same token.
#include "rules/id_token.hpp"

#include <nlohmann/json.hpp>

#include "base/base64url.hpp"
#include "input.hpp"
#include "rules/signature_algorithm.hpp"

using namespace landfall;

namespace {

constexpr std::int64_t kNow = 1'750'000'000;

bool is_object(std::string_view json) {
  // Lone surrogates are mended on our way, and refused on nlohmann's.
  if (json.find("\\u") != std::string_view::npos) return json.find('{') != std::string_view::npos;
  bool is_depth_one = false;
  const auto only_root = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& /*parsed*/) {
    is_depth_one |= depth == 0 && event == nlohmann::json::parse_event_t::object_start;
    return true;
  };
  (void)nlohmann::json::parse(json, only_root, false);
  return is_depth_one;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t mode = input.byte();
  Memory memory;
  const MemoryScope scope(memory);
  Text compact = input.rest();
  if (mode % 2 == 1) {
    // Header and claims in the clear, between line breaks: what a provider with its own mind could sign.
    std::string_view rest = input.rest();
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    compact =
        concat(base64url(rest.substr(0, end)), ".", base64url(rest.substr(std::min(end + 1, rest.size()))), ".AAAA");
  }
  const Jwt* token = parse_id_token(compact);
  if (token == nullptr) return 0;
  const auto signature = parse_base64url(token->signature);
  CHECK(signature.has_value());
  const std::string_view input_segments = token->signing_input;
  const auto header = parse_base64url(input_segments.substr(0, input_segments.find('.')));
  CHECK(header.has_value() && is_object(*header) && is_object(token->payload));
  CHECK(concat(base64url(*header), ".", base64url(token->payload), ".", base64url(*signature)) == compact.view());

  // A check that passes means that each of the claims it is for is there and fits.
  const ErrorCode code = check_id_token(*token, {.issuers = {.issuer = "https://as.example"},
                                                 .client_id = "client-1",
                                                 .nonce = "n-0123456789",
                                                 .access_token = "at",
                                                 .max_age = {},
                                                 .named_alg = "",
                                                 .listed_algs = "",
                                                 .now = kNow});
  if (code != ErrorCode::ok) return 0;
  const Document& claims = token->claims;
  CHECK(find_signature_algorithm(token->header.at("alg").text) != nullptr);
  CHECK(token->header.at("crit").kind == Kind::missing);
  CHECK(claims.at("iss").text == "https://as.example" && claims.at("nonce").text == "n-0123456789");
  CHECK(claims.at("sub").is_string() && !claims.at("sub").text.empty());
  bool is_for_us = claims.at("aud").text == "client-1";
  for (const Document::Member& member : claims.members)
    is_for_us |= member.path.starts_with("aud/") && member.value.text == "client-1";
  CHECK(is_for_us);
  CHECK(claims.at("exp").kind == Kind::number && claims.at("iat").kind == Kind::number);
  return 0;
}
