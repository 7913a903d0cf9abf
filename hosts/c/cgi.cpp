// The sign-in routes as a CGI program (RFC 3875) behind any web server. The options are the JSON in LANDFALL_OPTIONS;
// each session that begins is a line in the file that LANDFALL_SESSIONS names.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "host.hpp"

using namespace landfall;

namespace {

std::string env(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

/// The variable that holds a request header: HTTP_COOKIE has `cookie`, and Content-Type has a name of its own.
std::string header_variable(std::string name) {
  for (char& c : name) c = char(std::toupper(c));
  return name == "CONTENT_TYPE" ? name : "HTTP_" + name;
}

/// The form of a POST, up to so many bytes.
std::string read_body(std::size_t max_bytes) {
  std::string body(std::min<std::size_t>(std::strtoul(env("CONTENT_LENGTH").c_str(), nullptr, 10), max_bytes), '\0');
  body.resize(std::fread(body.data(), 1, body.size(), stdin));
  return body;
}

/// The request as it came. The core finds its route, by the path as it is spelled: PATH_INFO is decoded, which would
/// make one route of two.
Fields read_request() {
  Fields request;
  request.set(RequestField::method, env("REQUEST_METHOD"));
  request.set(RequestField::url, env("REQUEST_SCHEME") + "://" + env("HTTP_HOST") + env("REQUEST_URI"));
  auto header = std::size_t(RequestField::header_0);
#define LANDFALL_READ(name) request.set(header++, env(header_variable(#name)));
  LANDFALL_REQUEST_HEADER(LANDFALL_READ)
#undef LANDFALL_READ
  return request;
}

/// Where an app begins its own session. Of one that it does not take, nobody is signed in. The program has no other
/// hook, and an exception refuses.
void begin_session(const Fields& step, Fields& request) {
  if (step.step() != StepKind::session) throw std::runtime_error("this program answers onSession alone");
  std::ofstream file(env("LANDFALL_SESSIONS"), std::ios::app);
  file << step[SessionField::session] << std::endl;
  if (!file.good()) request.set(RequestField::failure, "refused");
}

void respond(const Fields& step) {
  std::string out = "Status: " + std::string(step[RespondField::status]) + "\r\n";
  for (auto i = std::size_t(RespondField::header_0); i < step.size(); i += 2)
    out += std::string(step.at(i)) + ": " + std::string(step.at(i + 1)) + "\r\n";
  out += "\r\n" + std::string(step[RespondField::body]);
  std::fwrite(out.data(), 1, out.size(), stdout);
  if (!step[RespondField::log].empty()) std::fprintf(stderr, "%s\n", std::string(step[RespondField::log]).c_str());
}

}  // namespace

int main() {
  Host host(env("LANDFALL_OPTIONS"));
  if (host.ready().step() != StepKind::ready) {
    std::fprintf(stderr, "LANDFALL_OPTIONS: `%s` is wrong (%s)\n",
                 std::string(host.ready()[RefusedField::parameter]).c_str(),
                 std::string(host.ready()[RefusedField::problem]).c_str());
    return 1;
  }
  Visit visit{.request = read_request(), .read = read_body, .ask = begin_session};
  const Fields step = host.run(Operation::serve, visit);
  if (step.size() == 0)
    std::puts("Status: 404 Not Found\r\n\r");
  else
    respond(step);
}
