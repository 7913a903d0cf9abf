#include "codec/step_message.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/message.hpp"
#include "flow/pending.hpp"
#include "rules/authorization_response.hpp"
#include "rules/metadata.hpp"

namespace landfall {
namespace {

Text number(std::int64_t value) {
  Text text;
  append_decimal(text, value);
  return text;
}

Text kind(StepKind step) { return number(static_cast<std::int64_t>(step)); }

void add_headers(MessageBuilder& message, const List<Header>& headers) {
  for (const Header& header : headers) message.add({header.name, header.value});
}

Text warning_lines(const List<Warning>& warnings) {
  Text lines;
  for (const Warning& warning : warnings) lines += concat(error_row(warning.code).name, " ", warning.detail, "\n");
  return lines;
}

/// The options that are not set, one a line.
Text missing_lines(const Config& config) {
  Text lines = join_lines(config.missing);
  lines += join_lines(config.supabase_missing);
  for (const Provider& provider : config.providers) lines += join_lines(provider.missing);
  return lines;
}

void add_step(MessageBuilder& message, const Respond& respond, std::string_view keep) {
  message.add({kind(StepKind::respond), number(respond.status), error_row(respond.code).name, respond.parameter,
               respond.detail, respond.description, respond.provider, respond.next, respond.session,
               respond.redirect_type, respond.page, warning_lines(respond.warnings), respond.recovery, keep});
  add_headers(message, respond.headers);
}

void add_step(MessageBuilder& message, const Fetch& fetch, std::string_view keep) {
  message.add({kind(StepKind::fetch), fetch.resume, keep, fetch.method, fetch.url, fetch.body,
               number(static_cast<std::int64_t>(fetch.max_bytes)), number(fetch.deadline_milliseconds),
               number(fetch.delay_milliseconds), number(fetch.max_age_seconds)});
  add_headers(message, fetch.headers);
}

void add_step(MessageBuilder& message, const Verify& verify, std::string_view keep) {
  message.add({kind(StepKind::verify), verify.resume, keep, verify.algorithm, verify.jwk, verify.signature, verify.data,
               verify.digest, verify.digest_data});
}

}  // namespace

Text build_message(const Step& step) {
  MessageBuilder message;
  const std::string_view keep = step.keep ? "1" : "";
  switch (step.kind) {
    case Step::Kind::respond:
      add_step(message, static_cast<const Respond&>(step), keep);
      break;
    case Step::Kind::fetch:
      add_step(message, static_cast<const Fetch&>(step), keep);
      break;
    case Step::Kind::verify:
      add_step(message, static_cast<const Verify&>(step), keep);
      break;
  }
  return message.build();
}

Text build_message(const Started& started) {
  MessageBuilder message;
  message.add({kind(StepKind::started), started.url, started.state});
  for (const std::string_view cookie : started.set_cookies) message.add(cookie);
  return message.build();
}

Text build_message(const supabase::StoredSession& stored) {
  MessageBuilder message;
  message.add({kind(StepKind::session), stored.json});
  for (const std::string_view cookie : stored.set_cookies) message.add(cookie);
  return message.build();
}

Text build_message(const Config& config) {
  MessageBuilder message;
  message.add({kind(StepKind::ready), config.paths.sign_in, config.paths.callback, config.paths.sign_out,
               config.paths.error, config.has_own_error_page ? "1" : "",
               config.wants_supabase() ? config.paths.confirm : std::string_view(),
               config.supabase != nullptr ? config.supabase->cookie_name : std::string_view(),
               number(static_cast<std::int64_t>(kMaxFormBodyBytes)), missing_lines(config)});
  for (const Provider& provider : config.providers)
    message.add({provider.name, provider.callback,
                 provider.missing.empty() && provider.needs_metadata() ? build_metadata_url(provider).view()
                                                                       : std::string_view()});
  return message.build();
}

Text build_message(const ConfigError& error) {
  MessageBuilder message;
  message.add({kind(StepKind::refused), printable(error.parameter, error.parameter.size()), problem_name(error.problem),
               error.suggestion});
  return message.build();
}

Text build_message(bool is_so) {
  MessageBuilder message;
  if (is_so) message.add("1");
  return message.build();
}

Text build_message(NextVerdict verdict, std::string_view encoded) {
  // The two answers without text are ready made: this is the one operation that apps may call in a loop.
  constexpr std::string_view kNoFields("\0\0\0\0", 4);
  constexpr std::string_view kTwoEmptyFields("\2\0\0\0\0\0\0\0\0\0\0\0", 12);
  if (verdict == NextVerdict::refused) return kNoFields;
  if (verdict == NextVerdict::unchanged) return kTwoEmptyFields;
  MessageBuilder message;
  message.add(encoded);
  return message.build();
}

}  // namespace landfall
