#include "flow/own_session.hpp"

#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/stored_session.hpp"
#include "flow/visit.hpp"
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

/// The data of the app as JSON in ASCII; nothing where the text is no JSON. `null` counts as none.
std::optional<Text> read_data(std::string_view data) {
  if (data.empty() || data == "null") return Text();
  if (parse_json(data, kNoMember, 1) == nullptr) return std::nullopt;
  return to_ascii_json(data);
}

}  // namespace

FoundSession& get_session(const Config& config, const Request& request) {
  FoundSession& found = found_session(config, request, visit_of(config, request));
  if (!found.json.empty()) return found;
  const auto stored = supabase::read_stored_session(config, request);
  if (!stored) return found;
  found = *stored;
  found.json = supabase::build_stored_view(found.json, false);
  return found;
}

Result<FoundSession> update_session(const Config& config, const Request& request) {
  if (!config.session.is_on()) return ErrorCode::session_off;
  const auto data = read_data(request.hook.data);
  if (!data) return Error{ErrorCode::argument_invalid, "data"};
  FoundSession found;
  const Visit visit = visit_of(config, request);
  if (visit.opened == nullptr) return found;
  OwnSession session = visit.opened->session;
  session.renewed = request.now;
  session.data = *data;
  if (const ErrorCode code = keep_session(config, request, visit.origin, session, found.set_cookies);
      code != ErrorCode::ok)
    return code;
  found.json = build_session_view(session, config.session.life);
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
  const FoundSession& found = get_session(config, request);
  Respond& respond = respond_json(200, found.json.empty() ? std::string_view("null") : found.json);
  for (const std::string_view line : found.set_cookies) respond.headers.push_back({"set-cookie", line});
  set_session_headers(respond);
  respond.is_quiet = true;
  return respond;
}

Result<BegunSession> begin_session(const Config& config, const Request& request, const NewSession& made) {
  if (!config.session.is_on()) return ErrorCode::session_off;
  if (!is_entropy(request.entropy)) return ErrorCode::entropy_unavailable;
  const auto data = read_data(request.hook.data);
  if (!data) return Error{ErrorCode::argument_invalid, "data"};
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return origin.error();
  const OwnSession session{.created = request.now,
                           .renewed = request.now,
                           .sid = make_sid(config.session.keys.front(), draw(request.entropy, Drawn::sid)),
                           .provider = made.provider,
                           .user = made.user,
                           .data = *data};
  BegunSession begun;
  if (const ErrorCode code = keep_session(config, request, *origin, session, begun.set_cookies); code != ErrorCode::ok)
    return code;
  begun.left_out = keep_own_tokens(config.session, *origin, request.cookie, made.tokens, session,
                                   draw(request.entropy, Drawn::tokens), request.now, begun.set_cookies);
  begun.json = build_session_view(session, config.session.life);
  return begun;
}

void end_own_session(const Config& config, const Request& request, List<std::string_view>& set_cookies) {
  if (!config.session.is_on()) return;
  const auto origin = resolve_public_origin(config.origin, request);
  if (!origin) return;
  for (const SealedCookies::Kind* kind : {&kSessionCookies, &kTokenCookies})
    SealedCookies(*kind, config.session, *origin, request.cookie).clear(set_cookies);
}

Result<FoundSession> create_session(const Config& config, const Request& request) {
  if (const Error error = check_configured(config, request); error.code != ErrorCode::ok) return error;
  const Text user = build_profile({}, request.user, {.paths = kGivenUser});
  const Document* members = parse_json(user, kPerson, 1);
  if (members == nullptr) return Error{ErrorCode::argument_invalid, "user"};
  const Value& provider = members->at("provider");
  if (!is_provider_name(provider.text) || !members->at("sub").is_string())
    return Error{ErrorCode::argument_invalid, "user"};
  const auto begun = begin_session(config, request, {.provider = provider.text, .user = user});
  if (!begun) return begun.error();
  FoundSession found;
  found.json = begun->json;
  found.set_cookies = begun->set_cookies;
  return found;
}

}  // namespace landfall
