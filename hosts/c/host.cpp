#include "host.hpp"

#include <curl/curl.h>
#include <sys/random.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <exception>
#include <optional>

using namespace landfall;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kEntropyBytes = 96;
constexpr std::size_t kMaxKept = 32;
constexpr int kMaxSteps = 16;

/// What a step brings does not reach the one after the next.
constexpr std::array kResult = {RequestField::failure, RequestField::status,      RequestField::content_type,
                                RequestField::answer,  RequestField::retry_after, RequestField::age,
                                RequestField::cause};

/// New ones for each message. Without them the field stays empty, and the core says which request needs them.
void draw_entropy(Fields& request) {
  std::array<char, kEntropyBytes> bytes;
  const bool is_full = getrandom(bytes.data(), bytes.size(), 0) == ssize_t(bytes.size());
  request.set(RequestField::entropy, is_full ? std::string_view(bytes.data(), bytes.size()) : "");
}

bool may_be_kept(const Fields& step) {
  // What has a key holds somebody's tokens.
  return step[FetchField::max_age] != "0" && step[FetchField::cache_key].empty();
}

void ask_app(const Fields& step, Visit& visit) try {
  visit.ask(step, visit.request);
} catch (const std::exception& refusal) {
  std::fprintf(stderr, "landfall: the app refused: %s\n", refusal.what());
  visit.request.set(RequestField::failure, "refused");
}

}  // namespace

Host::Host(std::string_view options, Send send) : send_(std::move(send)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  ready_ = core_.configure(options);
}

Fields Host::handle(Operation operation, const Fields& request) {
  const std::scoped_lock lock(mutex_);
  return core_.handle(operation, request);
}

Fields Host::run(Operation operation, Visit& visit) try {
  return follow(operation, visit);
} catch (const std::exception& error) {
  std::fprintf(stderr, "landfall: %s\n", error.what());
  return fail(visit);
}

Fields Host::follow(Operation operation, Visit& visit) {
  Fields& request = visit.request;
  std::optional<Kept> fetched;
  Fields step;
  for (int i = 0; i < kMaxSteps; ++i) {
    request.set(RequestField::now, std::to_string(std::time(nullptr)));
    draw_entropy(request);
    const Fields answer = handle(operation, request);
    if (fetched && answer[RespondField::keep] == "1") keep(step[FetchField::url], *fetched);
    fetched.reset();
    step = answer;
    for (const RequestField field : kResult) request.set(field, "");
    request.set(RequestField::resume, step[RespondField::resume]);
    switch (step.step()) {
      case StepKind::fetch: {
        const Kept response = ask(step);
        for (const RequestField field : kResult) request.set(field, response.result[field]);
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - response.at);
        request.set(RequestField::age, std::to_string(age.count()));
        if (may_be_kept(step)) fetched = response;
        break;
      }
      case StepKind::verify:
        verify(step, request);
        break;
      case StepKind::sign:
        sign(step, request);
        break;
      case StepKind::body:
        request.set(RequestField::body, visit.read(std::stoul(std::string(step[BodyField::max_bytes])) + 1));
        request.set(RequestField::has_body, "1");
        break;
      case StepKind::session:
      case StepKind::sign_out:
      case StepKind::revoked:
        ask_app(step, visit);
        break;
      default:
        return step;
    }
  }
  return fail(visit);
}

Host::Kept Host::ask(const Fields& step) {
  const bool is_again = step[FetchField::again] == "1";
  if (may_be_kept(step)) {
    const std::scoped_lock lock(mutex_);
    const auto old = kept_.find(step[FetchField::url]);
    const std::chrono::seconds max_age(std::stol(std::string(step[FetchField::max_age])));
    if (old != kept_.end() && steady_clock::now() - old->second.at <= max_age && (old->second.is_again || !is_again))
      return old->second;
  }
  Kept response{.at = {}, .is_again = is_again, .result = Fields()};
  send_(step, response.result);
  response.at = steady_clock::now();
  return response;
}

void Host::keep(std::string_view url, const Kept& response) {
  const std::scoped_lock lock(mutex_);
  if (kept_.size() >= kMaxKept) kept_.clear();
  kept_.insert_or_assign(std::string(url), response);
}

Fields Host::fail(const Visit& visit) {
  const std::string_view url = visit.request[RequestField::url];
  const std::string_view target = url.substr(std::min(url.find('/', url.find("://") + 3), url.size()));
  Fields failure;
  failure.set(FailField::code, "internal_error");
  if (target.substr(0, target.find('?')) == ready_[ReadyField::error_path]) failure.set(FailField::route, "error");
  failure.set(FailField::method, visit.request[RequestField::method]);
  return handle(Operation::fail, failure);
}
