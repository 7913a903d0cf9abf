#include "rules/seal.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/base64url.hpp"

namespace landfall {
namespace {

Sha256Digest derive(std::string_view secret, std::string_view purpose, std::string_view use) {
  const std::array<std::string_view, 2> parts{purpose, use};
  return HmacKey(secret).sign(parts);
}

Text aad_of(const PurposeKey& key, const Binding& binding) {
  return concat(key.purpose, "\n", binding.name, "\n", binding.place);
}

}  // namespace

PurposeKey::PurposeKey(std::string_view secret, std::string_view what)
    : seal(derive(secret, what, " seal")),
      nonce([secret, what] {
        const Sha256Digest key = derive(secret, what, " nonce");
        return HmacKey(as_bytes(key));
      }()),
      hint([secret, what] {
        const Sha256Digest digest = derive(secret, what, " hint");
        return base64url(as_bytes(digest).substr(0, 1))[0];
      }()),
      purpose(what) {}

Text seal_text(std::string_view plaintext, const Binding& binding, const PurposeKey& key, std::string_view entropy) {
  const Text aad = aad_of(key, binding);
  const std::array<std::string_view, 5> parts{aad, "\n", plaintext, "\n", entropy};
  const Sha256Digest digest = key.nonce.sign(parts);
  Text bytes = as_bytes(digest).substr(0, kSealNonceBytes);
  bytes += seal_xchacha20_poly1305(key.seal, bytes, aad, plaintext);
  Text sealed;
  sealed += key.hint;
  append_base64url(sealed, bytes);
  return sealed;
}

const OpenedText* open_text(std::string_view sealed, const Binding& binding, const PurposeKeys& keys) {
  const auto bytes = parse_base64url(sealed.substr(std::min<std::size_t>(1, sealed.size())));
  if (!bytes || bytes->size() < kSealNonceBytes) return nullptr;
  const std::string_view nonce = bytes->view().substr(0, kSealNonceBytes);
  for (const PurposeKey& key : keys) {
    if (key.hint != sealed.front()) continue;
    const auto plaintext =
        open_xchacha20_poly1305(key.seal, nonce, aad_of(key, binding), bytes->view().substr(kSealNonceBytes));
    if (plaintext) return &place(OpenedText{.text = *plaintext, .has_old_key = &key != &keys.front()});
  }
  return nullptr;
}

void pack_part(Text& plaintext, std::string_view part) {
  append_base36(plaintext, static_cast<std::int64_t>(part.size()));
  plaintext += '.';
  plaintext += part;
}

void pack_number(Text& plaintext, std::int64_t number) {
  append_base36(plaintext, number);
  plaintext += '.';
}

std::int64_t unpack_number(std::string_view& plaintext) { return parse_base36(take_until(plaintext, '.')).value_or(0); }

std::string_view unpack_part(std::string_view& plaintext) {
  const auto size = static_cast<std::size_t>(unpack_number(plaintext));
  const std::string_view part = plaintext.substr(0, size);
  plaintext.remove_prefix(part.size());
  return part;
}

}  // namespace landfall
