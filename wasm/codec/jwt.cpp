#include "codec/jwt.hpp"

#include "base/base64url.hpp"
#include "codec/json.hpp"

namespace landfall {

std::optional<IdToken> parse_id_token(std::string_view compact) {
  const std::size_t first = compact.find('.');
  const std::size_t second = first == std::string_view::npos ? first : compact.find('.', first + 1);
  if (second == std::string_view::npos || compact.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  const auto header = parse_base64url(compact.substr(0, first));
  auto payload = parse_base64url(compact.substr(first + 1, second - first - 1));
  const std::string_view signature = compact.substr(second + 1);
  if (!header || !payload || !parse_base64url(signature)) return std::nullopt;
  auto header_json = parse_json(*header, kIdTokenHeaderMembers, 1);
  auto claims = parse_json(*payload, kIdTokenClaims, 2);
  if (!header_json || !claims || header_json->root.kind != Kind::object || claims->root.kind != Kind::object) return std::nullopt;
  return IdToken{.signing_input = compact.substr(0, second),
                 .signature = signature,
                 .header = *std::move(header_json),
                 .claims = *std::move(claims),
                 .payload = *std::move(payload)};
}

}  // namespace landfall
