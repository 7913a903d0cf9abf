#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "steps.hpp"

using namespace landfall;

namespace {

/// The response, up to the length limit.
struct Answer {
  std::string text;
  std::size_t max_bytes;
  bool is_too_long = false;

  static std::size_t append(char* bytes, std::size_t size, std::size_t count, void* answer) {
    auto& self = *static_cast<Answer*>(answer);
    self.is_too_long = size * count > self.max_bytes - self.text.size();
    if (!self.is_too_long) self.text.append(bytes, size * count);
    return self.is_too_long ? 0 : size * count;
  }
};

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers make_headers(const Fields& step) {
  // A name without a value takes away what curl adds to a POST.
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  bool has_type = false;
  for (auto i = std::size_t(FetchField::header_0); i < step.size(); i += 2) {
    list = curl_slist_append(list, (std::string(step.at(i)) + ": " + std::string(step.at(i + 1))).c_str());
    has_type |= curl_strequal(std::string(step.at(i)).c_str(), "content-type") != 0;
  }
  if (!has_type) list = curl_slist_append(list, "Content-Type:");
  return {list, curl_slist_free_all};
}

std::string name_failure(CURLcode code, const Answer& answer, long status) {
  if (answer.is_too_long) return "too_large";
  if (code == CURLE_OPERATION_TIMEDOUT) return "timeout";
  if (code == CURLE_PEER_FAILED_VERIFICATION) return "tls";
  if (code != CURLE_OK) return "network";
  return status / 100 == 3 ? "redirect" : "";
}

}  // namespace

void fetch(const Fields& step, Fields& request) {
  const auto number = [&](FetchField field) { return std::stol(std::string(step[field])); };
  std::this_thread::sleep_for(std::chrono::milliseconds(number(FetchField::delay)));
  Answer answer{.text = {}, .max_bytes = std::size_t(number(FetchField::max_bytes))};
  const Headers headers = make_headers(step);
  const std::string url(step[FetchField::url]), body(step[FetchField::body]);
  // By default, curl follows no redirect, keeps no cookies and reads no .netrc.
  const Curl curl(curl_easy_init(), curl_easy_cleanup);
  CURL* const handle = curl.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");  // those that it can undo
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);         // signals are the app's
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, number(FetchField::deadline));
  if (step[FetchField::method] != "GET") {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, long(body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
  }
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, Answer::append);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(handle);
  long status = 0;
  const char* type = nullptr;
  curl_header* retry_after = nullptr;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_header(handle, "retry-after", 0, CURLH_HEADER, -1, &retry_after);

  request.set(RequestField::failure, name_failure(code, answer, status));
  request.set(RequestField::status, std::to_string(status));
  request.set(RequestField::content_type, type ? type : "");
  request.set(RequestField::retry_after, retry_after ? retry_after->value : "");
  request.set(RequestField::answer, answer.text);
  request.set(RequestField::cause, code == CURLE_OK ? "" : curl_easy_strerror(code));
}
