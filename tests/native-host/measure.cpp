// Measures hosts/c as measure-node.mjs does the package: milliseconds of the start, else microseconds.
#include <chrono>
#include <cstdio>
#include <host.hpp>
#include <stdexcept>

using namespace landfall;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kWarm = 3000;
constexpr int kRuns = 20'000;
constexpr std::string_view kOptions = R"({
  "origin": "https://app.example", "secret": "a secret of a host under test: 32 bytes and more",
  "session": true, "onSession": true,
  "providers": { "work": { "clientId": "id", "clientSecret": "secret",
    "authorizationEndpoint": "https://work.example/authorize", "tokenEndpoint": "https://work.example/token" } } })";

double micros_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

/// A token endpoint that answers at once.
void answer(const Fields&, Fields& request) {
  request.set(RequestField::status, "200");
  request.set(RequestField::content_type, "application/json");
  request.set(RequestField::answer, R"({"access_token":"access","token_type":"bearer","expires_in":3600})");
}

Fields run(Host& host, Operation operation, std::string_view target, std::string_view cookie) {
  Visit visit{.request = Fields(), .read = nullptr, .ask = [](const Fields&, Fields&) {}};
  visit.request.set(RequestField::method, "GET");
  visit.request.set(RequestField::url, "https://app.example" + std::string(target));
  visit.request.set(RequestHeader::cookie, cookie);
  visit.request.set(RequestHeader::host, "app.example");
  return host.run(operation, visit);
}

std::string location_of(const Fields& step) {
  for (auto i = std::size_t(RespondField::header_0); i < step.size(); i += 2)
    if (step.at(i) == "location") return std::string(step.at(i + 1));
  throw std::runtime_error("no location");
}

/// The cookies of an answer, as a browser sends them.
std::string cookies_of(const Fields& step) {
  std::string cookies;
  for (auto i = std::size_t(RespondField::header_0); i < step.size(); i += 2)
    if (step.at(i) == "set-cookie") cookies += std::string(step.at(i + 1).substr(0, step.at(i + 1).find(';'))) + "; ";
  return cookies.substr(0, cookies.size() - 2);
}

template <class Run>
void measure(const char* name, Run run) {
  for (int i = 0; i < kWarm; ++i) run();
  const auto begin = Clock::now();
  for (int i = 0; i < kRuns; ++i) run();
  std::printf(",\"%s\":%f", name, micros_since(begin) / kRuns);
}

}  // namespace

int main() {
  const auto begin = Clock::now();
  Host host(kOptions, answer);
  std::printf("{\"start_up\":%f", micros_since(begin) / 1000);

  const std::string sign_in = "/auth/sign-in?provider=work&next=/welcome";
  const Fields start = run(host, Operation::serve, sign_in, "");
  const std::string url = location_of(start), cookie = cookies_of(start);
  const std::size_t from = url.find("&state=") + 7;
  const std::string callback = "/auth/callback/work?code=code&state=" + url.substr(from, url.find('&', from) - from);
  const Fields back = run(host, Operation::serve, callback, cookie);
  if (location_of(back) != "/welcome#") throw std::runtime_error(location_of(back));
  const std::string signed_in = cookies_of(back);

  Landfall core;
  Fields next;
  next.set(0, "/account/security?tab=keys");
  next.set(1, "https://app.example");
  measure("check_next", [&] { core.handle(Operation::check_next, next); });
  measure("sign_in", [&] { run(host, Operation::serve, sign_in, ""); });
  measure("callback", [&] { run(host, Operation::serve, callback, cookie); });
  measure("other_page", [&] { run(host, Operation::serve, "/me", signed_in); });
  measure("session", [&] { run(host, Operation::get_session, "/me", signed_in); });
  std::printf("}\n");
}
