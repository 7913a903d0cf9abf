#include "codec/jwt.hpp"

#include "base/base64url.hpp"
#include "codec/json.hpp"

namespace landfall {

const IdToken* parse_id_token(std::string_view compact) {
  const std::size_t first = compact.find('.');
  const std::size_t second = first == std::string_view::npos ? first : compact.find('.', first + 1);
  if (second == std::string_view::npos || compact.find('.', second + 1) != std::string_view::npos) return nullptr;
  const auto header = parse_base64url(compact.substr(0, first));
  const auto payload = parse_base64url(compact.substr(first + 1, second - first - 1));
  const std::string_view signature = compact.substr(second + 1);
  if (!header || !payload || !parse_base64url(signature)) return nullptr;
  const Document* header_json = parse_json(*header, kIdTokenHeaderMembers, 1);
  const Document* claims = parse_json(*payload, kIdTokenClaims, 2);
  if (header_json == nullptr || claims == nullptr || header_json->root.kind != Kind::object ||
      claims->root.kind != Kind::object)
    return nullptr;
  return &place(IdToken{.signing_input = compact.substr(0, second),
                        .signature = signature,
                        .header = *header_json,
                        .claims = *claims,
                        .payload = *payload});
}

}  // namespace landfall
