#include "codec/core.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/config.hpp"
#include "codec/step_message.hpp"
#include "flow/callback.hpp"
#include "flow/error_page.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/sign_in.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/callback.hpp"
#include "flow/supabase/confirm.hpp"
#include "flow/supabase/exchange.hpp"
#include "flow/supabase/implicit.hpp"
#include "flow/supabase/sign_out.hpp"
#include "flow/supabase/stored_session.hpp"
#include "json/compact.hpp"
#include "json/json.hpp"
#include "rules/id_token.hpp"
#include "rules/metadata.hpp"
#include "rules/next.hpp"
#include "rules/supabase/answer.hpp"
#include "rules/token_answer.hpp"

namespace landfall {
namespace {

constexpr auto kSubMember = std::to_array<std::string_view>({"sub"});

/// What each question's answer is read for.
const Document* read_answer(Stage stage, std::string_view body) {
  switch (stage) {
    case Stage::token:
      return parse_json(body, kTokenAnswerMembers, 2);
    case Stage::jwks:
    case Stage::jwks_again:
      return parse_json(body, kJwksMembers, 4);
    case Stage::userinfo:
    case Stage::emails:
    case Stage::user:
      return parse_json(body, kSubMember, 1);
    case Stage::exchange:
    case Stage::redeem:
    case Stage::refresh:
      return parse_json(body, supabase::kAnswerMembers, 1);
    case Stage::verify:
    case Stage::revoke:
    case Stage::logout:
      break;
  }
  return nullptr;
}

FetchFailure parse_failure(std::string_view name) {
  if (name.empty()) return FetchFailure::none;
  if (name == "timeout") return FetchFailure::timeout;
  if (name == "too_large") return FetchFailure::too_large;
  return name == "redirect" ? FetchFailure::redirect : FetchFailure::network;
}

template <class Field>
Answer& read_plain_answer(const Message& message) {
  auto& answer = place<Answer>();
  answer.failure = parse_failure(message[Field::failure]);
  answer.status = parse_decimal(message[Field::status]).value_or(0);
  answer.content_type = message[Field::content_type];
  answer.body = message[Field::answer];
  if (answer.body.size() > kMaxAnswerBytes) answer.failure = FetchFailure::too_large;
  return answer;
}

/// The provider's metadata, where this request comes with it; else null.
template <class Field>
const Answer* read_metadata_answer(const Message& message) {
  if (message[Field::failure].empty() && message[Field::status].empty()) return nullptr;
  Answer& answer = read_plain_answer<Field>(message);
  answer.json = parse_json(answer.body, kMetadataMembers, 2);
  return &answer;
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
  auto field = static_cast<std::size_t>(header_0);
  for (const auto header : kHeaders) request.*header = message[field++];
  request.cookie = request.cookie.substr(0, kMaxCookieHeaderBytes);
  return request;
}

/// Whose session is in the browser's cookies, as JSON; null for nobody's.
const Document* read_session_document(std::string_view text) {
  return text.empty() ? nullptr : parse_json(text, supabase::kSessionMembers, 1);
}

Step& resume(const Config& config, const Message& message, const Request& request, Pending& pending) {
  Answer& answer = read_plain_answer<RequestField>(message);
  const Stage stage = pending.at();
  if (stage == Stage::revoke) return resume_sign_out(pending, answer);
  answer.json = read_answer(stage, answer.body);
  if (config.supabase != nullptr) {
    const bool brings_session = stage == Stage::exchange || stage == Stage::redeem || stage == Stage::user;
    if (brings_session && answer.json != nullptr) {
      answer.compact = compact_json(answer.body, {});
      answer.compact_for_cookie =
          config.supabase->tokens_only ? compact_json(answer.body, "user").view() : answer.compact;
    }
    if (stage == Stage::user)
      return supabase::resume_fragment(config, request, message[RequestField::fragment], answer);
    if (brings_session) return supabase::take_session(config, request, pending, answer);
    if (stage == Stage::refresh || stage == Stage::logout) return supabase::resume_log_out(config, pending, answer);
  }
  if (stage == Stage::token && answer.json != nullptr) pending[Pending::id_token] = answer.json->at("id_token").text;
  const std::string_view compact = pending[Pending::id_token];
  const Jwt* id_token = compact.empty() ? nullptr : parse_id_token(compact);
  return resume_callback(config, parse_decimal(message[RequestField::now]).value_or(0), pending, answer, id_token);
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
  if (const Error error = find_not_set(*config_); error.code != ErrorCode::ok)
    return build_message(respond_error(*config_, error));
  const auto started = start_sign_in(*config_, request,
                                     {.provider = message[provider],
                                      .next = message[next],
                                      .scopes = message[scopes],
                                      .query_params = message[query_params],
                                      .redirect_to = message[redirect_to]},
                                     read_metadata_answer<StartField>(message));
  if (!started) return build_message(respond_error(*config_, started.error()));
  return build_message(*started);
}

Text Core::run(Operation operation, const Message& message) const {
  const Request& request = read_request(message);
  const std::string_view resume_text = message[RequestField::resume];
  if (!resume_text.empty()) {
    Pending* pending = parse_resume(resume_text);
    if (pending == nullptr)
      return build_message(respond_error(*config_, {.code = ErrorCode::internal_error, .parameter = "resume"}));
    return build_message(resume(*config_, message, request, *pending));
  }
  const Error not_set = find_not_set(*config_);
  const bool is_blocked = not_set.code != ErrorCode::ok;
  if (operation == Operation::recognize) return build_message(!is_blocked && supabase::is_arrival(*config_, request));
  if (operation == Operation::error_page) return build_message(error_page(*config_, request));
  const Answer* metadata = read_metadata_answer<RequestField>(message);
  if (operation == Operation::load_metadata) return build_message(load_metadata(*config_, request, metadata));
  if (is_blocked) return build_message(respond_not_set(*config_, request, not_set));
  if (operation == Operation::sign_in) return build_message(sign_in(*config_, request, metadata));
  if (operation == Operation::confirm) return build_message(supabase::confirm(*config_, request));
  if (operation == Operation::read_session || operation == Operation::sign_out) {
    const std::string_view text = supabase::session_text(*config_, request);
    const Document* session = read_session_document(text);
    if (const Error error = find_supabase_not_set(*config_);
        operation == Operation::read_session && error.code != ErrorCode::ok)
      return build_message(respond_error(*config_, error));
    if (operation == Operation::read_session)
      return build_message(supabase::read_stored_session(*config_, request, text, session));
    return build_message(sign_out(*config_, request, session,
                                  {.provider = message[RequestField::revoke_provider],
                                   .token = message[RequestField::revoke_token],
                                   .token_type_hint = message[RequestField::token_type_hint]},
                                  metadata));
  }
  const std::string_view fragment = message[RequestField::fragment];
  if (supabase::has_session(fragment)) return build_message(supabase::take_fragment(*config_, request, fragment));
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
