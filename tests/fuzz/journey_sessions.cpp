// The sessions of our own that follow a sign-in: whose they are, where they open, and how long.
#include "journey_visit.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::string_view kOwnSession = "__Host-landfall-session=";

/// A number of JSON that holds no escapes; 0 when there is none.
std::int64_t json_number(std::string_view json, std::string_view name) {
  const std::string before = "\"" + std::string(name) + "\":";
  const std::size_t at = json.find(before);
  return at == std::string_view::npos ? 0 : std::stoll(std::string(json.substr(at + before.size())));
}

/// The session that the core gives the app, and what is known of it.
void check_session(World& world, std::size_t browser, std::size_t host) {
  const std::string header = world.jars[browser].header(kHosts[host], "/", false);
  if (header.find(kOwnSession) == std::string::npos) return;
  Visit visit = make_visit(Route::none, browser, host, "/");
  visit.request.fields[RequestField::now] = std::to_string(world.now);
  visit.request.headers[RequestHeader::cookie] = header;
  const StepCase found = ask(world, host, Operation::get_session, visit.request.list());
  CHECK(found.kind() == StepKind::stored_session);
  const std::string json = found.at(stored_session_field::session);
  // Supabase's are not sealed: nothing is promised of one that nobody verified.
  if (json.empty() || json.find(R"("verified":false)") != std::string::npos) return;
  const std::int64_t created = json_number(json, "created");
  KeptSession* kept = nullptr;
  for (KeptSession& one : world.sessions)
    if (one.browser == browser && one.host == host && one.created == created) kept = &one;
  CHECK(kept != nullptr);
  CHECK(world.now < created + kSessionMaxAge);
  CHECK(world.now < kept->set + kSessionIdle);
  CHECK(kept->is_open || json_member(json, "sub") == person_name(browser));
  for (std::size_t i = stored_session_field::set_cookie_0; i < found.fields.size(); ++i) {
    CHECK(world.jars[browser].follow(found.fields[i], kHosts[host]));
    if (found.fields[i].starts_with(kOwnSession)) kept->set = std::max(kept->set, world.now);
  }
}

}  // namespace

void note_session(World& world, const Visit& visit, const SignIn* redeemed, bool is_garbled,
                  std::string_view set_cookie) {
  if (!set_cookie.starts_with(kOwnSession) || value_of(set_cookie).empty()) return;
  CHECK(world.has_sessions && redeemed != nullptr && !redeemed->provider->is_supabase);
  world.sessions.push_back({.browser = visit.browser,
                            .host = visit.host,
                            .created = world.now,
                            .set = world.now,
                            .is_open = is_garbled || redeemed->provider->is_evil});
}

void check_sessions(World& world) {
  if (!world.has_sessions) return;
  for (std::size_t browser = 0; browser < 2; ++browser)
    for (std::size_t host = 0; host < std::size(kHosts); ++host) check_session(world, browser, host);
}

}  // namespace landfall::fuzz
