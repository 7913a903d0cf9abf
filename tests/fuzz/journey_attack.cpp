// The evil provider and the attacker's web site.
#include "journey_attack.hpp"

#include "journey_visit.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::size_t kMaxGrants = 16;
/// What comes behind a registered address where a provider matches only its beginning.
constexpr std::string_view kSuffixes[] = {"", "/", "/evil", "x", ";x", "%2fevil", "?x=1", "//", "/."};

/// A code of Supabase's is a UUID, at whatever path it comes back.
std::string make_code(const World& world, const Provider& provider) {
  const std::string number = std::to_string(10 + world.grants.size());
  return (provider.is_supabase ? "00000000-0000-4000-8000-1000000000" : "code-of-grant-") + number;
}

/// Where the provider sends the browser, under the app's host.
std::string pick_path(const World& world, const Provider& provider, Input& input) {
  const std::uint8_t choice = input.byte();
  if (!provider.is_supabase) return provider.callback() + std::string(kSuffixes[choice % std::size(kSuffixes)]);
  if (choice % 8 < 3) return provider.callback();
  return choice % 8 == 3 ? "/" : world.providers()[choice % 8 - 4].callback();
}

}  // namespace

void send_on(World& world, Input& input) {
  const auto known = world.known();
  if (known.empty() || world.grants.size() >= kMaxGrants) return;
  const SignIn& named = *known[input.pick(known.size())];
  const SignIn& asked = *known[input.pick(known.size())];
  const Provider& provider = world.providers()[input.pick(world.providers().size())];
  const std::uint8_t choice = input.byte();
  const std::size_t person = choice % 2;
  const bool is_via = world.has_preview && !provider.is_supabase;
  const std::size_t host = is_via ? kFixed : choice / 2 % 2;
  const std::string path = pick_path(world, provider, input);
  const std::string url = "https://" + std::string(kHosts[host]) + path;
  Grant grant{.provider = &provider,
              .person = person,
              .code = make_code(world, provider),
              .nonce = provider.is_bare ? "" : asked.nonce,
              .code_challenge = provider.is_bare ? "" : asked.code_challenge,
              .redirect_uri = url,
              .is_unseen = person == 0};
  world.grants.push_back(grant);
  if (choice / 4 % 4 == 3) return;  // The person closes the page; the attacker's own code stays.
  std::string form = "code=" + grant.code;
  // Supabase keeps the query of the address, whatever it is.
  if (!provider.is_supabase || choice / 16 % 2 == 0) form += "&state=" + named.sent_state;
  if (provider.is_supabase && choice / 32 % 2 == 1) form += "&sb_flow_id=" + named.state;
  if (provider.promises_iss) form += "&iss=" + form_encoded(provider.issuer());
  const bool has_query = path.find('?') != std::string::npos;
  Visit visit = make_visit(Route::callback, person, host, path);
  visit.is_from_provider = true;
  bool is_callback = path == "/auth/callback";
  for (const Provider& one : world.providers()) is_callback |= path == one.callback();
  visit.is_elsewhere = !is_callback;
  if (provider.form_post && choice / 64 % 2 == 0)
    post_form(visit, form);
  else
    visit.request.fields[RequestField::url] += (has_query ? "&" : "?") + form;
  run_visit(world, visit, input);
}

std::string pick_seen_code(const World& world, Input& input) {
  std::vector<const Grant*> seen;
  for (const Grant& grant : world.grants)
    if (!grant.is_unseen) seen.push_back(&grant);
  const std::size_t which = input.byte();
  return seen.empty() ? "unknown" : seen[which % seen.size()]->code;
}

void post_across(World& world, Input& input) {
  const std::uint8_t choice = input.byte();
  const auto known = world.known();
  const std::string state = known.empty() ? "unknown" : known[choice % known.size()]->sent_state;
  const Provider& provider = world.providers()[choice / 8 % world.providers().size()];
  constexpr Route kRoutes[] = {Route::callback, Route::sign_out, Route::confirm, Route::sign_in};
  const Route route = input.pick(kRoutes);
  Visit visit = make_visit(route, 0, input.pick(2),
                           route == Route::callback   ? provider.callback()
                           : route == Route::sign_out ? "/auth/sign-out"
                           : route == Route::confirm  ? "/auth/confirm"
                                                      : "/auth/sign-in?provider=" + std::string(provider.name));
  visit.provider = &provider;
  post_form(visit, "code=" + pick_seen_code(world, input) + "&state=" + state +
                       "&type=email&token_hash=" + std::string(kTokenHash));
  visit.is_cross_site_post = true;
  if (choice % 2 == 0)
    visit.request.headers[RequestHeader::sec_fetch_site] = choice % 4 == 0 ? "cross-site" : "same-site";
  visit.request.headers[RequestHeader::origin] = choice % 4 == 3 ? "null" : "https://evil.app.example";
  visit.is_harmless = route != Route::callback;
  run_visit(world, visit, input);
}

void arrive_at_root(World& world, Input& input) {
  const std::uint8_t choice = input.byte();
  if (choice % 4 == 3) {
    world.app = 1 - world.app;
    return;
  }
  const std::string code = choice % 4 == 2 ? std::string(input.text(40)) : pick_seen_code(world, input);
  std::string query = "/?code=" + form_encoded(code);
  const auto known = world.known();
  if (choice / 4 % 2 == 1 && !known.empty()) query += "&sb_flow_id=" + known[choice / 16 % known.size()]->state;
  if (choice / 8 % 2 == 1) query += "&state=x&error=access_denied";
  Visit visit = make_visit(Route::callback, choice / 128, choice / 64 % 2, query);
  visit.is_elsewhere = true;
  run_visit(world, visit, input);
}

void start_again(World& world, const Provider& provider, std::size_t host) {
  Input honest(nullptr, 0);
  const std::size_t count = world.sign_ins.size();
  run_visit(world, make_start(world, 0, host, provider, "/again", false), honest);
  CHECK(world.sign_ins.size() == count + 1);
  const SignIn& sign_in = world.sign_ins.back();
  std::string form = "code=" + sign_in.code;
  if (!provider.is_supabase) form += "&state=" + sign_in.sent_state;
  if (provider.is_supabase && !world.takes_own_flows_alone()) form += "&sb_flow_id=" + sign_in.state;
  if (provider.promises_iss) form += "&iss=" + form_encoded(provider.issuer());
  const bool is_via = world.has_preview && !provider.is_supabase;
  Visit visit = make_visit(Route::callback, 0, is_via ? kFixed : host, provider.callback());
  visit.is_from_provider = true;
  if (provider.form_post)
    post_form(visit, form);
  else
    visit.request.fields[RequestField::url] += "?" + form;
  run_visit(world, visit, honest);
  CHECK(world.sign_ins.back().is_finished);
}

}  // namespace landfall::fuzz
