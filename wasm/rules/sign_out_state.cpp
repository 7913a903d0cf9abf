#include "rules/sign_out_state.hpp"

#include "base/limits.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

constexpr std::string_view kName = "state";

}  // namespace

Text build_sign_out_state(const SessionPolicy& policy, std::string_view origin, std::string_view next,
                          std::string_view entropy, std::int64_t now) {
  Text text;
  pack_number(text, now);
  pack_part(text, next);
  return seal_text(text, {.name = kName, .place = origin}, policy.sign_out_keys.front(), entropy);
}

std::string_view read_sign_out_state(const SessionPolicy& policy, std::string_view origin, std::string_view state,
                                     std::int64_t now) {
  const OpenedText* opened = open_text(state, {.name = kName, .place = origin}, policy.sign_out_keys);
  if (opened == nullptr) return {};
  std::string_view text = opened->text;
  const std::int64_t age = now - unpack_number(text);
  return age >= -kClockSkewSeconds && age < kTransactionSeconds ? unpack_part(text) : std::string_view();
}

Text build_end_session_url(std::string_view endpoint, std::string_view client_id, std::string_view id_token,
                           std::string_view post_logout_redirect_uri, std::string_view state) {
  Text url = endpoint;
  if (endpoint.find('?') == std::string_view::npos) url += '?';
  if (!id_token.empty()) append_form_field(url, "id_token_hint", id_token);
  append_form_field(url, "client_id", client_id);
  append_form_field(url, "post_logout_redirect_uri", post_logout_redirect_uri);
  append_form_field(url, "state", state);
  return url;
}

}  // namespace landfall
