#include "flow/error_page.hpp"

#include "flow/respond.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {

Respond& respond_error_page(const Config& config, const Request& request, ErrorCode code) {
  const std::string_view query = parse_request_url(request.url).query;
  Respond& respond = respond_page("error");
  respond.code = code;
  respond.next = choose_next(config, read_form_field(query, "next"), "", "");
  const Text provider = read_form_field(query, "provider");
  const Provider* direct = config.find_provider(provider);
  respond.provider = direct != nullptr ? direct->name : config.find_supabase_provider(provider);
  return respond;
}

Step& error_page(const Config& config, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return respond_wrong_method(config, "GET");
  const Text name = read_form_field(parse_request_url(request.url).query, "error");
  const ErrorCode code = find_error(name);
  // find_error says internal_error for a name that it does not know.
  const bool is_known = error_row(code).name == name;
  return respond_error_page(config, request, is_known ? code : ErrorCode::ok);
}

}  // namespace landfall
