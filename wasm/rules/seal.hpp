#pragma once

#include <span>
#include <string_view>

#include "base/hmac.hpp"
#include "base/list.hpp"
#include "base/text.hpp"
#include "base/xchacha20_poly1305.hpp"

/// Texts that only this app reads and writes: sealed with XChaCha20-Poly1305 for one purpose, at one place.
namespace landfall {

/// A key for one purpose, derived from one of the app's secrets.
struct PurposeKey {
  /// @param purpose names what is sealed, and the version of its form.
  PurposeKey(std::string_view secret, std::string_view purpose);

  SealKey seal;
  /// Makes nonces.
  HmacKey nonce;
  /// One character of base64url. It finds the key that sealed a text.
  char hint;
  std::string_view purpose;
};

/// Keys of one purpose, newest first.
using PurposeKeys = List<PurposeKey>;

/// What a sealed text is bound to, beside its purpose: it opens under no other name and at no other place.
struct Binding {
  /// The cookie's base name.
  std::string_view name;
  /// The public origin, or the domain of an app with several.
  std::string_view place;
};

/// Seals a text: the key's hint, then in base64url a nonce of 24 bytes and the sealed bytes. The nonce depends on the
/// fresh `entropy` and on all that is sealed, so random bytes that come twice harm nothing.
Text seal_text(std::string_view plaintext, const Binding& binding, const PurposeKey& key, std::string_view entropy);

/// A text that was opened.
struct OpenedText {
  Text text;
  /// It was sealed with an older key than the first.
  bool has_old_key = false;
};

/// Opens a sealed text with the key that its hint names. Null for anything that seal_text did not seal for this place
/// with one of these keys.
const OpenedText* open_text(std::string_view sealed, const Binding& binding, const PurposeKeys& keys);

/// Appends a part of a plaintext: its length in base 36, a dot, the part.
void pack_part(Text& plaintext, std::string_view part);
/// The same for a number.
void pack_number(Text& plaintext, std::int64_t number);

/// Takes the next part of a plaintext. The seal says that pack_part wrote it.
std::string_view unpack_part(std::string_view& plaintext);
std::int64_t unpack_number(std::string_view& plaintext);

}  // namespace landfall
