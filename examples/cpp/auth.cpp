// The sign-in routes as a CGI program (RFC 3875) behind any web server. LANDFALL_OPTIONS has the options as JSON.
// The program writes each new session as a line into the file that LANDFALL_SESSIONS names.
#include <sys/random.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>

#include "page.hpp"
#include "steps.hpp"

using namespace landfall;

namespace {

constexpr std::size_t kEntropyBytes = 96;
constexpr int kMaxSteps = 16;

std::string env(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

/// The variable that holds a request header: HTTP_COOKIE has `cookie`, but CONTENT_TYPE has no prefix.
std::string header_variable(std::string name) {
  for (char& c : name) c = char(std::toupper(c));
  return name == "CONTENT_TYPE" ? name : "HTTP_" + name;
}

/// The form of a POST, up to one byte more than the limit. That byte tells the core that the form is too long.
std::string read_body(std::size_t max_bytes) {
  std::string body(std::min<std::size_t>(std::strtoul(env("CONTENT_LENGTH").c_str(), nullptr, 10), max_bytes + 1),
                   '\0');
  body.resize(std::fread(body.data(), 1, body.size(), stdin));
  return body;
}

/// The path of the request in its original spelling. PATH_INFO is decoded, and can turn two routes into one.
std::string request_path() {
  const std::string target = env("REQUEST_URI");
  return target.substr(0, target.find('?'));
}

/// The purpose of a path, from READY; nothing for any other path.
std::optional<Operation> find_route(const Fields& ready, std::string_view path) {
  if (path == ready[ReadyField::sign_in_path]) return Operation::sign_in;
  if (path == ready[ReadyField::sign_out_path]) return Operation::sign_out;
  if (path == ready[ReadyField::callback_path]) return Operation::callback;
  if (path == ready[ReadyField::error_path] && ready[ReadyField::own_error_page].empty()) return Operation::error_page;
  for (auto i = std::size_t(ReadyField::provider_0); i < ready.size(); i += 3)
    if (path == ready.at(i + 1)) return Operation::callback;
  return std::nullopt;
}

Fields read_request(const Fields& ready, Operation operation) {
  Fields request;
  request.set(RequestField::method, env("REQUEST_METHOD"));
  request.set(RequestField::url, env("REQUEST_SCHEME") + "://" + env("HTTP_HOST") + env("REQUEST_URI"));
  auto header = std::size_t(RequestField::header_0);
#define LANDFALL_READ(name) request.set(header++, env(header_variable(#name)));
  LANDFALL_REQUEST_HEADER(LANDFALL_READ)
#undef LANDFALL_READ
  if (operation == Operation::callback && request[RequestField::method] == "POST")
    request.set(RequestField::body, read_body(std::stoul(std::string(ready[ReadyField::max_body_bytes]))));
  return request;
}

/// A failure of this program. The error page shows its own failure, because a redirect leads back to it.
Fields fail(Landfall& core, Operation operation, std::string_view code, std::string_view recovery = {}) {
  Fields failure;
  failure.set(FailField::code, code);
  failure.set(FailField::resume, recovery);
  const Fields step = core.handle(Operation::fail, failure);
  if (operation != Operation::error_page) return step;
  Fields page;
  page.set(RespondField::step, step[RespondField::step]);
  page.set(RespondField::status, "200");
  page.set(RespondField::code, step[RespondField::code]);
  page.set(RespondField::page, "error");
  return page;
}

/// Takes the core's steps until it has a response for the browser. The last step is always a RESPOND.
Fields run(Landfall& core, Operation operation, Fields request) {
  if (operation == Operation::sign_in) {
    char entropy[kEntropyBytes];
    if (getrandom(entropy, sizeof entropy, 0) != sizeof entropy) return fail(core, operation, "entropy_unavailable");
    request.set(RequestField::entropy, {entropy, sizeof entropy});
  }
  for (int i = 0; i < kMaxSteps; ++i) {
    request.set(RequestField::now, std::to_string(std::time(nullptr)));
    const Fields step = core.handle(operation, request);
    if (step.step() == StepKind::respond) return step;
    if (step.step() == StepKind::fetch)
      fetch(step, request);
    else if (step.step() == StepKind::verify)
      verify(step, request);
    else
      break;
  }
  return fail(core, operation, "internal_error");
}

/// The app begins its own session here. False refuses the session, and nobody is signed in.
bool begin_session(std::string_view session) {
  std::ofstream file(env("LANDFALL_SESSIONS"), std::ios::app);
  file << session << std::endl;
  return file.good();
}

void respond(const Fields& ready, const Fields& step) {
  std::string out = "Status: " + std::string(step[RespondField::status]) + "\r\n";
  const bool is_page = step[RespondField::page] == "error";
  if (is_page) out += kErrorPageHeaders;
  for (auto i = std::size_t(RespondField::header_0); i < step.size(); i += 2)
    out += std::string(step.at(i)) + ": " + std::string(step.at(i + 1)) + "\r\n";
  out += "\r\n";
  if (env("REQUEST_METHOD") != "HEAD") {
    const std::string_view code = step[RespondField::code];
    if (is_page)
      out += make_error_page(ready, step);
    else if (step[RespondField::status] >= "400")
      out += std::string(code) + ": " + std::string(sentence_of(code)) + "\n";
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
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
  const std::optional<Operation> operation = find_route(ready, request_path());
  if (!operation) {
    std::puts("Status: 404 Not Found\r\n\r");
    return 0;
  }
  Fields step = run(core, *operation, read_request(ready, *operation));
  const std::string_view session = step[RespondField::session];
  if (!session.empty() && !begin_session(session))
    step = fail(core, *operation, "session_refused", step[RespondField::recovery]);
  respond(ready, step);
}
