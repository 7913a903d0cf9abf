// The program of docs/abi.md, "Test your host": hosts/c behind Boost's server.
#include <host.hpp>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <stdexcept>
#include <thread>

namespace http = boost::beast::http;
using boost::asio::ip::tcp;
using nlohmann::json;
using namespace landfall;

namespace {

constexpr std::size_t kMaxBodyBytes = 1 << 20;

std::string env(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "{}";
}

std::string text(std::string_view value) { return std::string(value); }

/// The app of docs/abi.md.
class App {
 public:
  /// Of one request: the value of its cookie `app-session`, and the cookie that it sets.
  struct Request {
    std::string session;
    std::string set_cookie;
  };

  void answer(const Fields& step, Fields& request, Request& own) {
    if (step.step() == StepKind::session)
      sign_in(step, request, own);
    else
      sign_out(request, own);
  }

  /// A page of the app: a provider posts there that a session has ended.
  static unsigned end_session(const Fields& found) {
    const bool is_good = found.step() == StepKind::logout;
    if (is_good)
      say({{"hook", "logout"},
           {"provider", found[LogoutField::provider]},
           {"sub", found[LogoutField::sub]},
           {"sid", found[LogoutField::sid]},
           {"jti", found[LogoutField::jti]}});
    else
      say({{"hook", "logout"}, {"code", found[RespondField::code]}, {"parameter", found[RespondField::parameter]}});
    return is_good ? 200 : 400;
  }

 private:
  /// In one piece: requests take turns in the middle of a line.
  static void say(const json& event) { std::cout << event.dump() + "\n" << std::flush; }

  void sign_in(const Fields& step, Fields& request, Request& own) {
    const std::string_view next = step[SessionField::next], current = step[SessionField::current];
    const json session = json::parse(step[SessionField::session]);
    say({{"hook", "session"},
         {"provider", step[SessionField::provider]},
         {"next", next},
         {"redirect_type", step[SessionField::redirect_type]},
         {"current", current.empty() ? "" : json::parse(current).value("provider", "")},
         {"session", session}});
    if (next == "/refused") throw std::runtime_error("this person may not sign in");
    if (next == "/first") request.set(RequestField::redirect, "/tour");
    if (next == "/astray") request.set(RequestField::redirect, "//evil.example");
    const std::scoped_lock lock(mutex_);
    const std::string id = std::to_string(random_()) + "-" + std::to_string(random_());
    sessions_[id] = {text(step[SessionField::provider]), session.value("access_token", "")};
    own.set_cookie = "app-session=" + id + "; Path=/; HttpOnly; SameSite=Lax";
  }

  void sign_out(Fields& request, Request& own) {
    say({{"hook", "sign_out"}});
    if (own.session == "broken") throw std::runtime_error("the database does not answer");
    own.set_cookie = "app-session=; Path=/; Max-Age=0";
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.extract(own.session);
    if (found.empty()) return;
    request.set(RequestField::revoke_provider, found.mapped().first);
    request.set(RequestField::revoke_token, found.mapped().second);
    request.set(RequestField::token_type_hint, "access_token");
  }

  std::mutex mutex_;
  std::random_device random_;
  std::map<std::string, std::pair<std::string, std::string>> sessions_;
};

std::string join(const http::fields& headers, std::string name) {
  std::string value;
  for (char& c : name) c = c == '_' ? '-' : c;
  for (auto [from, to] = headers.equal_range(name); from != to; ++from)
    value += (value.empty() ? "" : name == "cookie" ? "; " : ", ") + text(from->value());
  return value;
}

http::response<http::string_body> serve(Host& host, App& app, const http::request<http::string_body>& asked) {
  App::Request own;
  std::smatch cookie;
  const std::string cookies = join(asked, "cookie");
  if (std::regex_search(cookies, cookie, std::regex("app-session=([^;]*)"))) own.session = cookie[1];
  Visit visit{
      .request = Fields(),
      .read = [&](std::size_t max_bytes) { return asked.body().substr(0, max_bytes); },
      .ask = [&](const Fields& step, Fields& request) { app.answer(step, request, own); },
  };
  const std::string target = text(asked.target());
  visit.request.set(RequestField::method, text(asked.method_string()));
  visit.request.set(RequestField::url, "http://" + join(asked, "host") + target);
  auto header = std::size_t(RequestField::header_0);
#define LANDFALL_READ(name) visit.request.set(header++, join(asked, #name));
  LANDFALL_REQUEST_HEADER(LANDFALL_READ)
#undef LANDFALL_READ

  http::response<http::string_body> response{http::status::not_found, asked.version()};
  if (target == "/logout-token") {
    response.result(App::end_session(host.run(Operation::verify_logout_token, visit)));
    return response;
  }
  const Fields step = host.run(Operation::serve, visit);
  if (step.size() == 0) return response;
  response.result(unsigned(std::stoul(text(step[RespondField::status]))));
  for (auto i = std::size_t(RespondField::header_0); i < step.size(); i += 2)
    response.insert(text(step.at(i)), text(step.at(i + 1)));
  if (step[RespondField::parameter] != "redirect" && !own.set_cookie.empty())
    response.insert("set-cookie", own.set_cookie);
  response.body() = step[RespondField::body];
  return response;
}

void converse(tcp::socket socket, Host& host, App& app) try {
  boost::beast::flat_buffer buffer;
  http::request_parser<http::string_body> parser;
  parser.body_limit(kMaxBodyBytes);
  http::read(socket, buffer, parser);
  auto response = serve(host, app, parser.get());
  response.keep_alive(false);
  response.prepare_payload();
  http::write(socket, response);
} catch (const std::exception& error) {
  std::cerr << error.what() << std::endl;
}

}  // namespace

int main() {
  const json addresses = json::parse(env("LANDFALL_ADDRESSES"));
  json options = json::parse(env("LANDFALL_OPTIONS"));
  options["onSession"] = options["onSignOut"] = true;
  Host host(options.dump(), [&](Fields step, Fields& request) {
    const std::string url = text(step[FetchField::url]);
    for (const auto& [origin, address] : addresses.items())
      if (url.starts_with(origin + "/"))
        step.set(FetchField::url, address.get<std::string>() + url.substr(origin.size()));
    fetch(step, request);
  });
  if (host.ready().step() != StepKind::ready) return 1;
  App app;
  boost::asio::io_context context;
  tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), std::uint16_t(std::stoul(env("PORT")))});
  std::cout << "listening" << std::endl;
  for (;;) std::thread([&, socket = acceptor.accept()]() mutable { converse(std::move(socket), host, app); }).detach();
}
