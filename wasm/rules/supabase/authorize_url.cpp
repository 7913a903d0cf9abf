#include "rules/supabase/authorize_url.hpp"

#include "base/ascii.hpp"
#include "rules/pkce.hpp"
#include "web/form.hpp"

namespace landfall::supabase {

Text with_flow_id(std::string_view redirect_to, std::string_view flow_id) {
  std::string_view rest = redirect_to;
  const std::string_view base = take_until(rest, '#');
  const bool has_fragment = base.size() < redirect_to.size();
  std::string_view query = base;
  Text out = take_until(query, '?');
  out += '?';
  while (!query.empty()) {
    const std::string_view pair = take_until(query, '&');
    std::string_view name = pair;
    if (take_until(name, '=') == kFlowIdParameter) continue;
    out += pair;
    out += '&';
  }
  append_form_field(out, kFlowIdParameter, flow_id);
  if (has_fragment) out += concat("#", rest);
  return out;
}

Text build_authorize_url(const Project& project, std::string_view provider, const SignInOptions& options,
                         std::string_view redirect_to, std::string_view code_verifier) {
  Text url;
  url.reserve(project.api.size() + redirect_to.size() + 256);
  url += project.api;
  url += "/authorize?";
  append_form_field(url, "provider", provider);
  append_form_field(url, "redirect_to", redirect_to);
  if (!options.scopes.empty()) append_form_field(url, "scopes", options.scopes);
  append_form_field(url, "code_challenge", code_challenge(code_verifier));
  append_form_field(url, "code_challenge_method", "s256");
  for (const auto& [name, value] : options.query_params) append_form_field(url, name, value);
  return url;
}

}  // namespace landfall::supabase
