#include "json/jwt.hpp"

#include "base/base64url.hpp"
#include "json/json.hpp"

namespace landfall {

const Jwt* parse_jwt(std::string_view compact, std::span<const std::string_view> header_members,
                     std::span<const std::string_view> claims) {
  const std::size_t first = compact.find('.');
  const std::size_t second = compact.find('.', first + 1);  // npos + 1 is 0, and then there is none either
  if (second == std::string_view::npos) return nullptr;
  const auto header = parse_base64url(compact.substr(0, first));
  const auto payload = parse_base64url(compact.substr(first + 1, second - first - 1));
  const std::string_view signature = compact.substr(second + 1);  // a dot in it is no base64url
  const Document* header_json = header ? parse_json(*header, header_members, 1) : nullptr;
  const Document* claims_json = payload ? parse_json(*payload, claims, 2) : nullptr;
  if (!parse_base64url(signature) || header_json == nullptr || claims_json == nullptr ||
      header_json->root.kind != Kind::object || claims_json->root.kind != Kind::object)
    return nullptr;
  return &place(Jwt{.signing_input = compact.substr(0, second),
                    .signature = signature,
                    .header = *header_json,
                    .claims = *claims_json,
                    .payload = *payload});
}

}  // namespace landfall
