#include "base/hmac.hpp"

#include <cstddef>
#include <cstring>

namespace landfall {
namespace {

constexpr std::size_t kBlockBytes = 64;
constexpr char kInnerPad = 0x36;
constexpr char kOuterPad = 0x5c;

}  // namespace

HmacKey::HmacKey(std::string_view key) {
  Sha256Digest hashed;
  if (key.size() > kBlockBytes) {
    hashed = sha256(key);
    key = as_bytes(hashed);
  }
  char block[kBlockBytes] = {};
  if (!key.empty()) std::memcpy(block, key.data(), key.size());
  for (char& c : block) c = static_cast<char>(c ^ kInnerPad);
  inner_.update({block, kBlockBytes});
  for (char& c : block) c = static_cast<char>(c ^ (kInnerPad ^ kOuterPad));
  outer_.update({block, kBlockBytes});
}

Sha256Digest HmacKey::sign(std::span<const std::string_view> parts) const {
  Sha256 inner = inner_;
  for (const std::string_view part : parts) inner.update(part);
  const Sha256Digest hash = inner.finish();
  Sha256 outer = outer_;
  outer.update(as_bytes(hash));
  return outer.finish();
}

}  // namespace landfall
