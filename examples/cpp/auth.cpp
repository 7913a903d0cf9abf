// The sign-in routes as a CGI program: /auth/sign-in, /auth/callback and /auth/sign-out behind any web server.
// The options are the JSON in the environment variable LANDFALL_OPTIONS.
#include <curl/curl.h>
#include <sys/random.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <landfall.hpp>

using namespace landfall;

static std::string env(const char* name) { return std::getenv(name) ? std::getenv(name) : ""; }

/// What a FETCH step brought, as far as it may be long.
struct Answer {
  std::string text;
  std::size_t max_bytes;
  static std::size_t append(char* bytes, std::size_t size, std::size_t count, void* answer) {
    auto& self = *static_cast<Answer*>(answer);
    const bool is_too_long = self.text.size() + size * count > self.max_bytes;
    return is_too_long ? 0 : (self.text.append(bytes, size * count), size * count);
  }
};

/// Makes the request of a FETCH step, and notes in the REQUEST what came back.
static void fetch(const Fields& step, Fields& request) {
  Answer answer{{}, std::stoul(std::string(step[FetchField::max_bytes]))};
  curl_slist* headers = nullptr;
  for (auto i = std::size_t(FetchField::header_0); i < step.size(); i += 2)
    headers = curl_slist_append(headers, (std::string(step.at(i)) + ": " + std::string(step.at(i + 1))).c_str());
  const std::string url(step[FetchField::url]), body(step[FetchField::body]);
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, std::stol(std::string(step[FetchField::deadline])));
  if (step[FetchField::method] != "GET") curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Answer::append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(curl);
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  const std::string failure = code == CURLE_OPERATION_TIMEDOUT ? "timeout"
                              : code == CURLE_WRITE_ERROR      ? "too_large"
                              : code != CURLE_OK               ? "network"
                              : status / 100 == 3              ? "redirect"
                                                               : "";
  request.set(RequestField::resume, step[FetchField::resume]);
  request.set(RequestField::failure, failure);
  request.set(RequestField::status, std::to_string(status));
  request.set(RequestField::content_type, type ? type : "");
  request.set(RequestField::answer, answer.text);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
}

int main() {
  Landfall core;
  if (core.configure(env("LANDFALL_OPTIONS")).step() != StepKind::ready) return 1;
  const std::string path = env("PATH_INFO"), query = env("QUERY_STRING");
  const Operation operation = path == "/auth/sign-in"    ? Operation::sign_in
                              : path == "/auth/callback" ? Operation::callback
                                                         : Operation::sign_out;
  char entropy[96];
  if (getrandom(entropy, sizeof entropy, 0) != sizeof entropy) return 1;
  Fields request;
  request.set(RequestField::entropy, {entropy, sizeof entropy});
  request.set(RequestField::method, env("REQUEST_METHOD"));
  request.set(RequestField::url, env("REQUEST_SCHEME") + "://" + env("HTTP_HOST") + path + "?" + query);
  request.set(RequestHeader::host, env("HTTP_HOST"));
  request.set(RequestHeader::cookie, env("HTTP_COOKIE"));
  request.set(RequestHeader::origin, env("HTTP_ORIGIN"));
  Fields step;
  do {
    if (step.step() == StepKind::fetch) fetch(step, request);
    request.set(RequestField::now, std::to_string(std::time(nullptr)));
    step = core.handle(operation, request);
  } while (step.step() == StepKind::fetch);

  std::printf("Status: %s\r\n", std::string(step[RespondField::status]).c_str());
  for (auto i = std::size_t(RespondField::header_0); i < step.size(); i += 2)
    std::printf("%s: %s\r\n", std::string(step.at(i)).c_str(), std::string(step.at(i + 1)).c_str());
  std::printf("\r\n");
}
