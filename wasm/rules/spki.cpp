#include "rules/spki.hpp"

namespace landfall {
namespace {

constexpr char kInteger = 0x02;
constexpr char kBitString = 0x03;
constexpr char kSequence = 0x30;

/// A value with its tag and its length. The length has at most two bytes here (X.690 8.1.3).
Text build_value(char tag, std::string_view content) {
  constexpr std::size_t kLongForm = 0x80;
  const std::size_t size = content.size();
  Text out;
  out += tag;
  if (size > 0xFF) out += static_cast<char>(kLongForm | 2);
  if (size > 0xFF) out += static_cast<char>(size >> 8);
  if (size >= kLongForm && size <= 0xFF) out += static_cast<char>(kLongForm | 1);
  out += static_cast<char>(size);
  out += content;
  return out;
}

/// A positive INTEGER in its shortest form (X.690 8.3). @param number not empty.
Text build_integer(std::string_view number) {
  while (number.size() > 1 && number.front() == '\0') number.remove_prefix(1);
  const bool has_sign_bit = (static_cast<unsigned char>(number.front()) & 0x80) != 0;
  return build_value(kInteger, concat(std::string_view("\0", has_sign_bit ? 1 : 0), number));
}

}  // namespace

Text build_spki(std::string_view algorithm, std::string_view key) {
  return build_value(kSequence, concat(algorithm, build_value(kBitString, concat(std::string_view("\0", 1), key))));
}

Text build_rsa_key(std::string_view modulus, std::string_view exponent) {
  return build_value(kSequence, concat(build_integer(modulus), build_integer(exponent)));
}

Text build_ecdsa_der(std::string_view raw) {
  const std::size_t half = raw.size() / 2;
  return build_value(kSequence, concat(build_integer(raw.substr(0, half)), build_integer(raw.substr(half))));
}

}  // namespace landfall
