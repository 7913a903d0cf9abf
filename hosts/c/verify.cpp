#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "keys.hpp"
#include "steps.hpp"

using namespace landfall;

namespace {

Key read_key(std::string_view spki) {
  const std::string der = decode_base64url(spki);
  const unsigned char* at = bytes_of(der);
  return Key(d2i_PUBKEY(nullptr, &at, long(der.size())));
}

bool is_valid(const Fields& step) {
  const std::string_view alg = step[VerifyField::alg], data = step[VerifyField::data];
  const Key key = read_key(step[VerifyField::spki]);
  // OpenSSL has ECDSA signatures in DER.
  const std::string signature =
      decode_base64url(step[alg.starts_with("ES") ? VerifyField::signature_der : VerifyField::signature]);
  const std::string sha2 = "SHA" + std::string(alg.substr(2));
  const char* digest = alg == "EdDSA" ? nullptr : sha2.c_str();
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;  // the context's own
  if (!key || EVP_DigestVerifyInit_ex(context.get(), &options, digest, nullptr, nullptr, key.get(), nullptr) != 1)
    return false;
  // The salt is as long as the hash (RFC 7518 3.5).
  if (alg.starts_with("PS") && (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) != 1 ||
                                EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) != 1))
    return false;
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(data), data.size()) == 1;
}

}  // namespace

void verify(const Fields& step, Fields& request) { request.set(RequestField::status, is_valid(step) ? "1" : "0"); }
