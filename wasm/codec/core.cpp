#include "codec/core.hpp"

#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/config.hpp"
#include "codec/step_message.hpp"
#include "flow/callback.hpp"
#include "flow/error_page.hpp"
#include "flow/not_set.hpp"
#include "flow/pending.hpp"
#include "flow/respond.hpp"
#include "flow/resume.hpp"
#include "flow/sign_in.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/callback.hpp"
#include "flow/supabase/confirm.hpp"
#include "flow/supabase/stored_session.hpp"
#include "rules/next.hpp"

namespace landfall {
namespace {

FetchFailure parse_failure(std::string_view name) {
  if (name.empty()) return FetchFailure::none;
  if (name == "timeout") return FetchFailure::timeout;
  if (name == "too_large") return FetchFailure::too_large;
  return name == "redirect" ? FetchFailure::redirect : FetchFailure::network;
}

/// What the last step brought.
template <class Field>
FetchResult& read_fetch_result(const Message& message) {
  auto& result = place<FetchResult>();
  result.failure = parse_failure(message[Field::failure]);
  result.status = parse_decimal(message[Field::status]).value_or(0);
  result.content_type = message[Field::content_type];
  result.body = message[Field::answer];
  if (result.body.size() > kMaxFetchBytes) result.failure = FetchFailure::too_large;
  return result;
}

/// The provider's metadata, where this request comes with it; else null.
template <class Field>
const FetchResult* read_metadata_result(const Message& message) {
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
  request.body = message[body];
  request.fragment = message[fragment];
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
  // A number that messages.def does not have: of a host that was written for another version.
  if (operation > Operation::fail)
    return build_message(respond_error(*config_, {.code = ErrorCode::internal_error, .parameter = "operation"}));
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
    case Operation::start:
      return start(*message);
    case Operation::fail:
      return fail(*message);
    default:
      return run(operation, *message);
  }
}

Text Core::configure(std::string_view json) {
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

Text Core::start(const Message& message) const {
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
                                      .scopes = message[scopes],
                                      .query_params = message[query_params],
                                      .redirect_to = message[redirect_to]},
                                     read_metadata_result<StartField>(message));
  if (!started) return build_message(respond_error(*config_, started.error()));
  return build_message(*started);
}

Text Core::run(Operation operation, const Message& message) const {
  const Request& request = read_request(message);
  const std::string_view resume_text = message[RequestField::resume];
  if (!resume_text.empty())
    return build_message(resume(*config_, request, resume_text, read_fetch_result<RequestField>(message)));
  const Error not_set = check_configured(*config_);
  const bool is_blocked = not_set.code != ErrorCode::ok;
  if (operation == Operation::recognize) return build_message(!is_blocked && supabase::is_arrival(*config_, request));
  if (operation == Operation::error_page) return build_message(error_page(*config_, request));
  const FetchResult* metadata = read_metadata_result<RequestField>(message);
  if (operation == Operation::load_metadata) return build_message(load_metadata(*config_, request, metadata));
  if (is_blocked) return build_message(respond_not_set(*config_, request, not_set));
  if (operation == Operation::sign_in) return build_message(sign_in(*config_, request, metadata));
  if (operation == Operation::confirm) return build_message(supabase::confirm(*config_, request));
  if (operation == Operation::read_session) {
    const auto stored = supabase::read_stored_session(*config_, request);
    return stored ? build_message(*stored) : build_message(respond_error(*config_, stored.error()));
  }
  if (operation == Operation::sign_out)
    return build_message(sign_out(*config_, request,
                                  {.provider = message[RequestField::revoke_provider],
                                   .token = message[RequestField::revoke_token],
                                   .token_type_hint = message[RequestField::token_type_hint]},
                                  metadata));
  return build_message(callback(*config_, request, metadata));
}

Text Core::fail(const Message& message) const {
  Outcome outcome;
  if (const Pending* recovery = parse_resume(message[FailField::resume])) {
    outcome.provider = (*recovery)[Pending::provider];
    outcome.next = (*recovery)[Pending::next];
    outcome.set_cookies = split_lines((*recovery)[Pending::cookies]);
  }
  return build_message(respond_error(*config_, {.code = find_error(message[FailField::code])}, outcome));
}

}  // namespace landfall
