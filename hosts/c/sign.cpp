#include <openssl/ecdsa.h>
#include <openssl/x509.h>

#include <array>

#include "keys.hpp"
#include "steps.hpp"

using namespace landfall;

namespace {

/// Of a number of P-256.
constexpr int kNumberBytes = 32;

using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

Key read_key(std::string_view pkcs8) {
  const std::string der = decode_base64url(pkcs8);
  const unsigned char* at = bytes_of(der);
  return Key(d2i_AutoPrivateKey(nullptr, &at, long(der.size())));
}

bool is_p256(const Key& key) {
  std::array<char, 32> group;
  return key && EVP_PKEY_get_group_name(key.get(), group.data(), group.size(), nullptr) == 1 &&
         std::string_view(group.data()) == "prime256v1";
}

/// The signature in DER; empty when there is none.
std::string sign_der(const Key& key, std::string_view data) {
  const DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key.get(), nullptr) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes_of(data), data.size()) != 1)
    return {};
  std::string der(size, '\0');
  auto* const at = reinterpret_cast<unsigned char*>(der.data());
  if (EVP_DigestSign(context.get(), at, &size, bytes_of(data), data.size()) != 1) return {};
  der.resize(size);
  return der;
}

/// r and s, as JOSE has them (RFC 7518 3.4).
std::string to_raw(std::string_view der) {
  const unsigned char* at = bytes_of(der);
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, long(der.size())));
  if (!signature) return {};
  std::string raw(2 * kNumberBytes, '\0');
  auto* const bytes = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes, kNumberBytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes + kNumberBytes, kNumberBytes);
  return raw;
}

}  // namespace

void sign(const Fields& step, Fields& request) {
  const Key key = read_key(step[SignField::key]);
  if (is_p256(key)) request.set(RequestField::answer, encode_base64url(to_raw(sign_der(key, step[SignField::data]))));
}
