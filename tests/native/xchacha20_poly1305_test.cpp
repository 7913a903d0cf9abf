#include "base/xchacha20_poly1305.hpp"

#include "base/poly1305.hpp"
#include "base/sha256.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::hex;

SealKey to_key(const std::string& text) {
  SealKey key{};
  std::copy(text.begin(), text.end(), key.begin());
  return key;
}

VECTOR_TEST(Poly1305, poly1305) {
  Poly1305 poly(bytes(c.at("key")));
  poly.update_padded(bytes(c.at("message")));
  const auto tag = poly.finish();
  EXPECT_EQ(hex(as_bytes(tag)), c.at("tag").get<std::string>());
}

VECTOR_TEST(XChaCha20Poly1305, xchacha20_poly1305) {
  const SealKey key = to_key(bytes(c.at("key")));
  const std::string nonce = bytes(c.at("nonce"));
  const std::string aad = bytes(c.at("aad"));
  const std::string plaintext = bytes(c.at("plaintext"));
  const Text sealed = seal_xchacha20_poly1305(key, nonce, aad, plaintext);
  if (c.contains("sealed")) EXPECT_EQ(hex(sealed), c.at("sealed").get<std::string>());
  if (c.contains("sha256")) {
    const Sha256Digest digest = sha256(sealed);
    EXPECT_EQ(hex(as_bytes(digest)), c.at("sha256").get<std::string>());
  }
  const auto opened = open_xchacha20_poly1305(key, nonce, aad, sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, plaintext);
}

TEST(XChaCha20Poly1305, EveryBitCounts) {
  const SealKey key = to_key(std::string(32, 'k'));
  const std::string nonce(kSealNonceBytes, 'n');
  const std::string aad = "aad";
  const std::string sealed(seal_xchacha20_poly1305(key, nonce, aad, "plaintext of more than one block").view());
  const auto flip = [](std::string text, std::size_t bit) {
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    return text;
  };
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit)
    EXPECT_FALSE(open_xchacha20_poly1305(key, nonce, aad, flip(sealed, bit))) << bit;
  for (std::size_t bit = 0; bit < 8 * nonce.size(); ++bit)
    EXPECT_FALSE(open_xchacha20_poly1305(key, flip(nonce, bit), aad, sealed)) << bit;
  for (std::size_t bit = 0; bit < 8 * aad.size(); ++bit)
    EXPECT_FALSE(open_xchacha20_poly1305(key, nonce, flip(aad, bit), sealed)) << bit;
  for (std::size_t bit = 0; bit < 256; ++bit)
    EXPECT_FALSE(open_xchacha20_poly1305(to_key(flip(std::string(32, 'k'), bit)), nonce, aad, sealed)) << bit;
}

TEST(XChaCha20Poly1305, NothingShorterOrLongerOpens) {
  const SealKey key = to_key(std::string(32, 'k'));
  const std::string nonce(kSealNonceBytes, 'n');
  const std::string sealed(seal_xchacha20_poly1305(key, nonce, "", "text").view());
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(open_xchacha20_poly1305(key, nonce, "", sealed.substr(0, size))) << size;
  EXPECT_FALSE(open_xchacha20_poly1305(key, nonce, "", sealed + '\0'));
  EXPECT_FALSE(open_xchacha20_poly1305(key, nonce.substr(1), "", sealed));
  EXPECT_FALSE(open_xchacha20_poly1305(key, nonce + 'n', "", sealed));
}

// The lengths are part of what is authenticated: a byte that moves from one text to the other changes the tag.
TEST(XChaCha20Poly1305, AByteDoesNotMoveFromTheAadToTheText) {
  const SealKey key = to_key(std::string(32, 'k'));
  const std::string nonce(kSealNonceBytes, 'n');
  const std::string sealed(seal_xchacha20_poly1305(key, nonce, "a", "").view());
  EXPECT_FALSE(open_xchacha20_poly1305(key, nonce, "", "a" + sealed));
  EXPECT_FALSE(open_xchacha20_poly1305(key, nonce, std::string("a\0", 2), sealed));
}

}  // namespace
}  // namespace landfall
