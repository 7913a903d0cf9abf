#pragma once

#include <span>
#include <string_view>

#include "base/sha256.hpp"

namespace landfall {

/// A key for HMAC-SHA-256 (RFC 2104). The two blocks that depend only on the key are already hashed.
/// Proof: tests/vectors/hmac_sha256.json (RFC 4231).
class HmacKey {
 public:
  /// A key of any length; more than 64 bytes are hashed first (RFC 2104 2).
  explicit HmacKey(std::string_view key);

  /// The tag over the joined parts. Nothing separates the parts, so the caller must make sure that two different lists
  /// never join into the same bytes.
  [[nodiscard]] Sha256Digest sign(std::span<const std::string_view> parts) const;

 private:
  Sha256 inner_;
  Sha256 outer_;
};

}  // namespace landfall
