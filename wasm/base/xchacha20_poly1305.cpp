#include "base/xchacha20_poly1305.hpp"

#include <array>
#include <cstring>

#include "base/chacha20.hpp"
#include "base/constant_time.hpp"
#include "base/poly1305.hpp"

namespace landfall {
namespace {

/// The rest of the nonce behind a counter of four bytes and four zeros (draft-irtf-cfrg-xchacha-03 2.3).
ChaChaBlock first_block(const SealKey& key, std::string_view nonce) {
  std::array<char, 16> rest{};
  std::memcpy(rest.data() + 8, nonce.data() + 16, 8);
  return chacha_state(hchacha20(key, nonce.substr(0, 16)), {rest.data(), rest.size()});
}

/// The tag over `aad`, the ciphertext and both lengths (RFC 8439 2.8). The first block of the key stream is its key.
Digest<kSealTagBytes> tag_of(const ChaChaBlock& state, std::string_view aad, std::string_view ciphertext) {
  std::array<char, 32> key{};
  chacha20(state, key.data(), key.size());
  Poly1305 poly({key.data(), key.size()});
  poly.update_padded(aad);
  poly.update_padded(ciphertext);
  std::array<char, 16> lengths{};
  write_little_endian(lengths.data(), static_cast<std::uint32_t>(aad.size()));
  write_little_endian(lengths.data() + 8, static_cast<std::uint32_t>(ciphertext.size()));
  poly.update_padded({lengths.data(), lengths.size()});
  return poly.finish();
}

Text apply_stream(ChaChaBlock state, std::string_view bytes) {
  Text out = bytes;
  ++state[12];
  chacha20(state, out.writable(), out.size());
  return out;
}

}  // namespace

Text seal_xchacha20_poly1305(const SealKey& key, std::string_view nonce, std::string_view aad,
                             std::string_view plaintext) {
  const ChaChaBlock state = first_block(key, nonce);
  Text sealed = apply_stream(state, plaintext);
  const auto tag = tag_of(state, aad, sealed);
  sealed += as_bytes(tag);
  return sealed;
}

std::optional<Text> open_xchacha20_poly1305(const SealKey& key, std::string_view nonce, std::string_view aad,
                                            std::string_view sealed) {
  if (nonce.size() != kSealNonceBytes || sealed.size() < kSealTagBytes) return std::nullopt;
  const std::string_view ciphertext = sealed.substr(0, sealed.size() - kSealTagBytes);
  const ChaChaBlock state = first_block(key, nonce);
  const auto tag = tag_of(state, aad, ciphertext);
  if (!equal_constant_time(as_bytes(tag), sealed.substr(ciphertext.size()))) return std::nullopt;
  return apply_stream(state, ciphertext);
}

}  // namespace landfall
