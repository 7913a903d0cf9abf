#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

/// What VERIFY and SIGN share: OpenSSL's objects with an owner, and base64url.

template <auto free>
struct Free {
  void operator()(auto* object) const { free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// The bytes; none for text that is no base64url.
std::string decode_base64url(std::string_view text);

/// Without padding.
std::string encode_base64url(std::string_view bytes);
