// The sign-in routes as a CGI program (RFC 3875) behind any web server. The options are the JSON in LANDFALL_OPTIONS;
// each session that begins is a line in the file that LANDFALL_SESSIONS names.
#include <sys/random.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include "steps.hpp"

using namespace landfall;

namespace {

constexpr std::size_t kEntropyBytes = 96;
constexpr int kMaxSteps = 16;

std::string env(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

/// The variable that holds a request header: HTTP_COOKIE has `cookie`, and Content-Type has a name of its own.
std::string header_variable(std::string name) {
  for (char& c : name) c = char(std::toupper(c));
  return name == "CONTENT_TYPE" ? name : "HTTP_" + name;
}

/// The form of a POST; of one that is too long, no more than the byte that shows it.
std::string read_body(std::size_t max_bytes) {
  std::string body(std::min<std::size_t>(std::strtoul(env("CONTENT_LENGTH").c_str(), nullptr, 10), max_bytes + 1),
                   '\0');
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
  // Without random bytes it stays empty, and the core says which request cannot do without them.
  char entropy[kEntropyBytes];
  if (getrandom(entropy, sizeof entropy, 0) == sizeof entropy)
    request.set(RequestField::entropy, {entropy, sizeof entropy});
  return request;
}

/// A failure of this program.
Fields fail(Landfall& core) {
  Fields failure;
  failure.set(FailField::code, "internal_error");
  failure.set(FailField::method, env("REQUEST_METHOD"));
  return core.handle(Operation::fail, failure);
}

/// Where an app begins its own session. False: it does not take this one, and nobody is signed in.
bool begin_session(std::string_view session) {
  std::ofstream file(env("LANDFALL_SESSIONS"), std::ios::app);
  file << session << std::endl;
  return file.good();
}

/// Carries out a step, and notes in the REQUEST what came of it; false for one that this program does not know.
bool take(const Fields& step, Fields& request) {
  for (const RequestField field :
       {RequestField::failure, RequestField::status, RequestField::content_type, RequestField::answer})
    request.set(field, "");
  request.set(RequestField::resume, step[RespondField::resume]);
  switch (step.step()) {
    case StepKind::fetch:
      fetch(step, request);
      return true;
    case StepKind::verify:
      verify(step, request);
      return true;
    case StepKind::sign:
      sign(step, request);
      return true;
    case StepKind::body:
      request.set(RequestField::body, read_body(std::stoul(std::string(step[BodyField::max_bytes]))));
      request.set(RequestField::has_body, "1");
      return true;
    case StepKind::session:
      if (!begin_session(step[SessionField::session])) request.set(RequestField::failure, "refused");
      return true;
    default:
      return false;
  }
}

/// Does what the core says until it has an answer for the browser. That has no field where the path is none of ours.
Fields run(Landfall& core, Fields request) {
  for (int i = 0; i < kMaxSteps; ++i) {
    request.set(RequestField::now, std::to_string(std::time(nullptr)));
    const Fields step = core.handle(Operation::serve, request);
    if (step.size() == 0 || step.step() == StepKind::respond) return step;
    if (!take(step, request)) break;
  }
  return fail(core);
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
  Landfall core;
  const Fields ready = core.configure(env("LANDFALL_OPTIONS"));
  if (ready.step() != StepKind::ready) {
    std::fprintf(stderr, "LANDFALL_OPTIONS: `%s` is wrong (%s)\n", std::string(ready[RefusedField::parameter]).c_str(),
                 std::string(ready[RefusedField::problem]).c_str());
    return 1;
  }
  const Fields step = run(core, read_request());
  if (step.size() == 0)
    std::puts("Status: 404 Not Found\r\n\r");
  else
    respond(step);
}
