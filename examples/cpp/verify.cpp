#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>

#include "steps.hpp"

using namespace landfall;

namespace {

template <auto free>
struct Free {
  void operator()(auto* object) const { free(object); }
};
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;

constexpr std::size_t kP256Bytes = 32;
constexpr int kPssSaltBytes = 32;

/// The signature algorithms, by VERIFY's `algorithm`.
constexpr std::string_view kRs256 = R"({"name":"RSASSA-PKCS1-v1_5","hash":"SHA-256"})";
constexpr std::string_view kPs256 = R"({"name":"RSA-PSS","hash":"SHA-256","saltLength":32})";
constexpr std::string_view kEs256 = R"({"name":"ECDSA","namedCurve":"P-256","hash":"SHA-256"})";
constexpr std::string_view kEdDsa = R"({"name":"Ed25519"})";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string decode_base64url(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 6 | unsigned(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += char(bits >> count & 0xFF);
  }
  return out;
}

/// A member of a key. The core writes keys without spaces, and their values are base64url.
std::string read_member(std::string_view jwk, const std::string& name) {
  const std::string before = "\"" + name + "\":\"";
  const std::size_t at = jwk.find(before);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = jwk.substr(at + before.size());
  return decode_base64url(rest.substr(0, rest.find('"')));
}

Number to_number(std::string_view bytes) { return Number(BN_bin2bn(bytes_of(bytes), int(bytes.size()), nullptr)); }

Key make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
  return Key(key);
}

Key read_rsa(std::string_view jwk) {
  const Number n = to_number(read_member(jwk, "n")), e = to_number(read_member(jwk, "e"));
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return make_key("RSA", builder.get());
}

Key read_p256(std::string_view jwk) {
  const std::string x = read_member(jwk, "x"), y = read_member(jwk, "y");
  if (x.size() != kP256Bytes || y.size() != kP256Bytes) return nullptr;
  const std::string point = "\4" + x + y;
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  return make_key("EC", builder.get());
}

Key read_ed25519(std::string_view jwk) {
  const std::string x = read_member(jwk, "x");
  return Key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(x), x.size()));
}

/// Converts an ECDSA signature from JOSE's form (r and s, RFC 7518 3.4) to OpenSSL's (DER).
std::string to_der(std::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return {};
  const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> pair(ECDSA_SIG_new());
  Number r = to_number(signature.substr(0, kP256Bytes)), s = to_number(signature.substr(kP256Bytes));
  if (ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  r.release(), s.release();  // the pair owns them now
  std::string der(std::size_t(i2d_ECDSA_SIG(pair.get(), nullptr)), '\0');
  auto* to = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(pair.get(), &to);
  return der;
}

bool is_valid(const Fields& step) {
  const std::string_view algorithm = step[VerifyField::algorithm], jwk = step[VerifyField::jwk];
  const bool is_rsa = algorithm == kRs256 || algorithm == kPs256;
  if (!is_rsa && algorithm != kEs256 && algorithm != kEdDsa) return false;
  const Key key = is_rsa ? read_rsa(jwk) : algorithm == kEs256 ? read_p256(jwk) : read_ed25519(jwk);
  std::string signature = decode_base64url(step[VerifyField::signature]);
  if (algorithm == kEs256) signature = to_der(signature);
  const char* digest = algorithm == kEdDsa ? nullptr : "SHA256";
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;  // the context owns it
  if (!key || EVP_DigestVerifyInit_ex(context.get(), &options, digest, nullptr, nullptr, key.get(), nullptr) != 1)
    return false;
  if (algorithm == kPs256 && (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) != 1 ||
                              EVP_PKEY_CTX_set_rsa_pss_saltlen(options, kPssSaltBytes) != 1))
    return false;
  const std::string_view data = step[VerifyField::data];
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(data), data.size()) == 1;
}

/// The raw digest that the step asks for; empty if it asks for none.
std::string make_digest(const Fields& step) {
  if (step[VerifyField::digest] != "SHA-512") return {};
  unsigned char bytes[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  const std::string_view data = step[VerifyField::digest_data];
  if (EVP_Q_digest(nullptr, "SHA512", nullptr, data.data(), data.size(), bytes, &size) != 1) return {};
  return {reinterpret_cast<char*>(bytes), size};
}

}  // namespace

void verify(const Fields& step, Fields& request) {
  request.set(RequestField::resume, step[VerifyField::resume]);
  request.set(RequestField::failure, "");
  request.set(RequestField::status, is_valid(step) ? "1" : "0");
  request.set(RequestField::content_type, "");
  request.set(RequestField::answer, make_digest(step));
}
