#include "codec/core.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/config.hpp"
#include "codec/describe.hpp"
#include "codec/step_message.hpp"
#include "flow/error_page.hpp"
#include "flow/own_session.hpp"
#include "flow/question.hpp"
#include "flow/respond.hpp"
#include "flow/serve.hpp"
#include "flow/sign_in.hpp"
#include "rules/authorization_response.hpp"
#include "rules/next.hpp"

namespace landfall {
namespace {

/// The names of FetchFailure, in its order.
constexpr auto kFailures = std::to_array<std::string_view>({"",
#define LANDFALL_NAME(name) #name,
                                                            LANDFALL_FAILURE(LANDFALL_NAME)
#undef LANDFALL_NAME
});
static_assert(kFailures.size() == static_cast<std::size_t>(FetchFailure::refused) + 1);

FetchFailure parse_failure(std::string_view name) {
  for (std::size_t i = 0; i < kFailures.size(); ++i)
    if (kFailures[i] == name) return static_cast<FetchFailure>(i);
  return FetchFailure::network;
}

/// Reads the result of the last step.
template <class Field>
FetchResult& read_fetch_result(const Message& message) {
  auto& result = place<FetchResult>();
  result.failure = parse_failure(message[Field::failure]);
  result.status = parse_decimal(message[Field::status]).value_or(0);
  result.content_type = message[Field::content_type];
  result.body = message[Field::answer];
  if constexpr (requires { Field::cause; }) {
    result.retry_after = message[Field::retry_after];
    result.age = parse_decimal(message[Field::age]).value_or(0);
    result.cause = place(describe(message[Field::cause], kMaxErrorBytes));
  }
  if (result.body.size() > kMaxFetchBytes) result.failure = FetchFailure::too_large;
  return result;
}

/// The same; null when no step has brought a result.
template <class Field>
const FetchResult* find_fetch_result(const Message& message) {
  if (message[Field::failure].empty() && message[Field::status].empty()) return nullptr;
  return &read_fetch_result<Field>(message);
}

/// Where each of REQUEST_HEADER's values goes.
constexpr auto kHeaders = std::to_array<std::string_view Request::*>({
#define LANDFALL_MEMBER(name) &Request::name,
#include "codec/messages.def"
    LANDFALL_REQUEST_HEADER(LANDFALL_MEMBER)
#undef LANDFALL_MEMBER
});

Request& read_request(const Message& message) {
  using enum RequestField;
  auto& request = place<Request>();
  request.now = parse_decimal(message[now]).value_or(0);
  request.entropy = message[entropy];
  request.method = message[method];
  request.url = message[url];
  request.route = message[route];
  request.has_body = !message[has_body].empty();
  request.body = message[body];
  request.fragment = message[fragment];
  request.hook = {.redirect = message[redirect],
                  .revoke_provider = message[revoke_provider],
                  .revoke_token = message[revoke_token],
                  .token_type_hint = message[token_type_hint],
                  .data = message[data]};
  request.user = message[user];
  request.minimum = message[minimum];
  auto field = static_cast<std::size_t>(header_0);
  for (const auto header : kHeaders) request.*header = message[field++];
  request.cookie = request.cookie.substr(0, kMaxCookieHeaderBytes);
  return request;
}

}  // namespace

Text Core::handle(Operation operation, std::string_view bytes) {
  const auto message = Message::parse(bytes);
  if (!message)
    return build_message(respond_error(*config_, {.code = ErrorCode::internal_error, .parameter = "message"}));
  switch (operation) {
    case Operation::configure:
      return configure((*message)[0]);
    case Operation::check_next: {
      Text encoded;
      // A statement of its own: whether a compiler reads the other argument before this one has written it is its
      // choice.
      const NextVerdict verdict = check_next((*message)[0], (*message)[1], encoded);
      return build_message(verdict, encoded);
    }
    case Operation::describe:
      return build_message(describe());
    case Operation::start:
      return start(*message);
    case Operation::serve:
      return serve(*message);
    case Operation::get_session:
      if (!kHasSessions) return tell(ErrorCode::session_off);
      return build_message(get_session(*config_, read_request(*message)));
    case Operation::create_session:
      return tell(create_session(*config_, read_request(*message)));
    case Operation::update_session:
      return tell(update_session(*config_, read_request(*message)));
    case Operation::get_user:
      return question(Wanted::user, *message);
    case Operation::require_session:
      return question(Wanted::admission, *message);
    case Operation::get_access_token:
      return question(Wanted::access_token, *message);
    case Operation::verify_logout_token:
      return question(Wanted::logout, *message);
    case Operation::load_metadata:
      return build_message(load_metadata(*config_, read_request(*message), find_fetch_result<RequestField>(*message)));
    case Operation::fail:
      return fail(*message);
  }
  // A number that messages.def does not have: of a host that was written for another version.
  return build_message(respond_error(*config_, {.code = ErrorCode::internal_error, .parameter = "operation"}));
}

// What a request needs, and no other, stays a function of its own here and in resume.cpp: a runtime compiles it at its
// first call (cmake/wasm.cmake).
[[gnu::noinline]] Text Core::configure(std::string_view json) {
  config_ = &kUnconfigured;
  config_memory_.clear();
  const MemoryScope scope(config_memory_);
  auto& config = place<Config>();
  // A copy of its own, since the configuration points into it for longer than this message lives.
  const auto error = read_config(place(Text(json)), config);
  if (error) return build_message(*error);
  config_ = &config;
  return build_message(config);
}

[[gnu::noinline]] Text Core::start(const Message& message) const {
  using enum StartField;
  Request request;
  request.now = parse_decimal(message[now]).value_or(0);
  request.entropy = message[entropy];
  request.cookie = message[cookie].substr(0, kMaxCookieHeaderBytes);
  request.host = message[host];
  request.url = message[url];
  request.x_forwarded_host = message[x_forwarded_host];
  request.x_forwarded_proto = message[x_forwarded_proto];
  request.forwarded = message[forwarded];
  const auto started = start_sign_in(*config_, request,
                                     {.provider = message[provider],
                                      .next = message[next],
                                      .query_params = message[query_params],
                                      .scopes = message[scopes],
                                      .redirect_to = message[redirect_to]},
                                     find_fetch_result<StartField>(message));
  if (!started) return build_message(respond_error(*config_, started.error()));
  return build_message(*started);
}

[[gnu::noinline]] Text Core::serve(const Message& message) const {
  const Request& request = read_request(message);
  const Route route = find_route(*config_, request);
  if (route == Route::none) return MessageBuilder().build();
  const std::string_view resume_text = message[RequestField::resume];
  const FetchResult* result =
      resume_text.empty() ? find_fetch_result<RequestField>(message) : &read_fetch_result<RequestField>(message);
  return build_message(landfall::serve(*config_, route, request, resume_text, result));
}

Text Core::tell(const Result<FoundSession>& session) const {
  return session ? build_message(*session) : build_message(respond_error(*config_, session.error()));
}

[[gnu::noinline]] Text Core::question(Wanted wanted, const Message& message) const {
  const Request& request = read_request(message);
  return build_message(landfall::question(*config_, request, wanted, message[RequestField::resume],
                                          find_fetch_result<RequestField>(message)));
}

Text Core::fail(const Message& message) const {
  const ErrorCode code = find_error(message[FailField::code]);
  const std::string_view route = message[FailField::route];
  // A redirect from the error page to the error page would never end.
  Respond& respond =
      parse_route(route) == Route::error ? respond_error_page(*config_, {}, code) : respond_error(*config_, code);
  respond.route = route_name(parse_route(route));
  // The host passes on the name that a caller gave, and that name reaches logs.
  if (!message[FailField::provider].empty())
    respond.provider = place(printable(message[FailField::provider], kMaxErrorBytes));
  if (message[FailField::method] == "HEAD") respond.body = {};
  return build_message(respond);
}

}  // namespace landfall
