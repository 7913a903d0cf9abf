#include "flow/own_session.hpp"

#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "json/json.hpp"
#include "rules/entropy.hpp"
#include "rules/profile.hpp"
#include "rules/provider.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/session.hpp"
#include "web/form.hpp"
#include "web/url.hpp"

namespace landfall {
namespace {

constexpr auto kNoMember = std::to_array<std::string_view>({""});

constexpr auto kPerson = std::to_array<std::string_view>({"provider", "sub"});

/// A person whom the app names has the members of a profile.
constexpr std::string_view kGivenUser =
    "provider=/provider sub=/sub name=/name email=/email email_verified=/email_verified picture=/picture "
    "username=/username locale=/locale";

/// The app's own session behind a request, and where it is kept.
struct Visit {
  std::string_view origin;
  /// Null for none.
  const OpenedSession* opened = nullptr;
};

Visit visit_of(const Config& config, const Request& request) {
  Visit visit;
  if (!config.session.is_on()) return visit;
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return visit;
  visit.origin = *origin;
  visit.opened = find_own_session(config.session, visit.origin, request.cookie, request.now);
  return visit;
}

/// The data of the app as JSON in ASCII; nothing where the text is no JSON. `null` counts as none.
std::optional<Text> read_data(std::string_view data) {
  if (data.empty() || data == "null") return Text();
  if (parse_json(data, kNoMember, 1) == nullptr) return std::nullopt;
  return to_ascii_json(data);
}

ErrorCode keep(const Config& config, const Request& request, std::string_view origin, const OwnSession& session,
               List<std::string_view>& set_cookies) {
  return keep_own_session(config.session, origin, request.cookie, session, request.entropy, request.now, set_cookies);
}

supabase::StoredSession get_own_session(const Config& config, const Request& request) {
  supabase::StoredSession found;
  const Visit visit = visit_of(config, request);
  if (visit.opened == nullptr) return found;
  OwnSession session = visit.opened->session;
  if (visit.opened->has_old_key || needs_renewal(session, config.session.life, request.now)) {
    session.renewed = request.now;
    keep(config, request, visit.origin, session, found.set_cookies);
  }
  found.json = build_session_view(session, config.session.life);
  return found;
}

/// RFC 9110 11.6.1: a 401 names a scheme.
Respond& respond_unauthorized() {
  Respond& respond = respond_json(static_cast<std::uint16_t>(error_row(ErrorCode::session_missing).reply),
                                  R"({"error":"session_missing"})");
  respond.headers.push_back({"www-authenticate", "Cookie"});
  respond.code = ErrorCode::session_missing;
  return respond;
}

/// @param returns the person comes back to the asked page: to a form they cannot.
Respond& send_to_sign_in(const Config& config, const Request& request, std::string_view origin, bool returns) {
  const auto url = parse_request_url(request.url);
  const Text asked = url.query.empty() ? Text(url.path) : concat(url.path, "?", url.query);
  const std::string_view next = returns ? choose_next(config, asked, origin, {}) : std::string_view();
  Text location = config.paths.sign_in_page;
  if (!next.empty()) {
    if (location.view().find('?') == std::string_view::npos) location += '?';
    append_form_field(location, "next", next);
  }
  Respond& respond = respond_redirect(location, {});
  respond.code = ErrorCode::session_missing;
  respond.next = next;
  return respond;
}

}  // namespace

supabase::StoredSession get_session(const Config& config, const Request& request) {
  supabase::StoredSession found = get_own_session(config, request);
  if (!kHasSessions || !found.json.empty()) return found;
  const auto stored = supabase::read_stored_session(config, request);
  if (!stored) return found;
  found = *stored;
  if (!found.json.empty()) found.json = supabase::build_stored_view(found.json);
  return found;
}

Result<supabase::StoredSession> update_session(const Config& config, const Request& request) {
  if (!config.session.is_on()) return ErrorCode::session_off;
  const auto data = read_data(request.hook.data);
  if (!data) return Error{ErrorCode::argument_invalid, "data"};
  supabase::StoredSession found;
  const Visit visit = visit_of(config, request);
  if (visit.opened == nullptr) return found;
  OwnSession session = visit.opened->session;
  session.renewed = request.now;
  session.data = *data;
  if (const ErrorCode code = keep(config, request, visit.origin, session, found.set_cookies); code != ErrorCode::ok)
    return code;
  found.json = build_session_view(session, config.session.life);
  return found;
}

Result<supabase::StoredSession> require_session(const Config& config, const Request& request, Respond*& refusal) {
  if (!config.session.is_on() || config.providers.empty()) return ErrorCode::session_off;
  supabase::StoredSession found = get_own_session(config, request);
  const auto origin = resolve_public_origin(config.origin, request);
  const bool only_reads = request.method == "GET" || request.method == "HEAD";
  const Error error = !origin      ? origin.error()
                      : only_reads ? Error{ErrorCode::ok}
                                   : Error{check_same_origin(request, *origin)};
  if (error.code != ErrorCode::ok)
    refusal = &respond_error(config, error);
  else if (found.json.empty())
    refusal = is_page_visit(request) ? &send_to_sign_in(config, request, *origin, only_reads) : &respond_unauthorized();
  if (refusal != nullptr && origin) refusal->origin = *origin;
  return found;
}

Step& show_session(const Config& config, const Request& request) {
  if (!config.session.is_on()) return respond_error(config, ErrorCode::session_off);
  if (is_speculative(request)) return respond_nothing();
  if (request.method != "GET") return respond_wrong_method(config, "GET");
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return respond_error(config, origin.error());
  if (const ErrorCode code = check_same_origin(request, *origin); code != ErrorCode::ok)
    return respond_error(config, code);
  const supabase::StoredSession found = get_session(config, request);
  Respond& respond = respond_json(200, found.json.empty() ? std::string_view("null") : found.json);
  for (const std::string_view line : found.set_cookies) respond.headers.push_back({"set-cookie", line});
  set_session_headers(respond);
  respond.is_quiet = true;
  return respond;
}

Result<supabase::StoredSession> begin_session(const Config& config, const Request& request, std::string_view provider,
                                              std::string_view user) {
  if (!config.session.is_on()) return ErrorCode::session_off;
  if (!is_entropy(request.entropy)) return ErrorCode::entropy_unavailable;
  const auto data = read_data(request.hook.data);
  if (!data) return Error{ErrorCode::argument_invalid, "data"};
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return origin.error();
  const OwnSession session{.created = request.now,
                           .renewed = request.now,
                           .sid = make_sid(config.session.keys.front(), request.entropy),
                           .provider = provider,
                           .user = user,
                           .data = *data};
  supabase::StoredSession begun;
  if (const ErrorCode code = keep(config, request, *origin, session, begun.set_cookies); code != ErrorCode::ok)
    return code;
  begun.json = build_session_view(session, config.session.life);
  return begun;
}

void end_own_session(const Config& config, const Request& request, List<std::string_view>& set_cookies) {
  const auto origin = resolve_public_origin(config.origin, request);
  if (config.session.is_on() && origin) clear_own_session(config.session, *origin, request.cookie, set_cookies);
}

Result<supabase::StoredSession> create_session(const Config& config, const Request& request) {
  if (!config.session.is_on()) return ErrorCode::session_off;
  if (const Error error = check_configured(config, request); error.code != ErrorCode::ok) return error;
  const Text user = build_profile({}, request.user, {.paths = kGivenUser});
  const Document* members = parse_json(user, kPerson, 1);
  if (members == nullptr) return Error{ErrorCode::argument_invalid, "user"};
  const Value& provider = members->at("provider");
  if (!is_provider_name(provider.text) || !members->at("sub").is_string())
    return Error{ErrorCode::argument_invalid, "user"};
  return begin_session(config, request, provider.text, user);
}

}  // namespace landfall
