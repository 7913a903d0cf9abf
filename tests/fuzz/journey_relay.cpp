// A response for the preview comes to the app's fixed origin, which passes it on.
#include "base/ascii.hpp"
#include "journey_attack.hpp"
#include "journey_visit.hpp"

namespace landfall::fuzz {
namespace {

/// What an attacker puts behind a state.
constexpr std::string_view kAwaited[] = {"",
                                         ".",
                                         ".www.app.example",
                                         ".WWW.app.example",
                                         ".app.example",
                                         ".evil.example",
                                         ".evil.www.app.example",
                                         ".www.app.example.evil.example",
                                         ".www.app.example:8443",
                                         ".www.app.example/",
                                         ".www.app.example@evil.example",
                                         ".evil.example/www.app.example",
                                         ".www.app.example.",
                                         ".www.app.example.app.example"};

}  // namespace

std::string pick_awaited(Input& input) { return std::string(input.pick(kAwaited)); }

std::string landing_of(const SignIn& sign_in) {
  const std::size_t path = sign_in.redirect_uri.find('/', std::string_view("https://").size());
  return "https://" + std::string(kHosts[sign_in.host]) + sign_in.redirect_uri.substr(path);
}

bool is_passed_on(const World& world, const Visit& visit, std::string_view state, std::string_view location) {
  if (visit.route != Route::callback || location.starts_with('/') || is_other_site(location)) return false;
  if (!world.has_preview || visit.host != kFixed) return false;
  // The host is named in the state, and the app trusts it by name.
  const std::string preview(kHosts[kPreview]);
  const std::size_t dot = state.find('.');
  CHECK(!visit.is_harmless && dot != std::string_view::npos);
  CHECK(equal_ignoring_case(state.substr(dot + 1), preview));
  // The response goes on as it came, and nothing else does: a request has no fragment.
  const std::string& url = visit.request.fields.at(RequestField::url);
  const std::string sent = url.substr(0, url.find('#'));
  CHECK(location == "https://" + preview + sent.substr(sent.find('/', std::string_view("https://").size())));
  return true;
}

Visit make_passed_on(const Visit& visit, const std::string& location) {
  Visit next = visit;
  next.host = kPreview;
  next.request.fields[RequestField::url] = location;
  next.request.headers[RequestHeader::host] = kHosts[kPreview];
  return next;
}

}  // namespace landfall::fuzz
