#include "codec/step_message.hpp"

#include "base/limits.hpp"
#include "codec/message.hpp"
#include "rules/authorization_response.hpp"
#include "rules/metadata.hpp"

namespace landfall {
namespace {

void add_kind(MessageBuilder& message, StepKind kind) { message.add(static_cast<std::int64_t>(kind)); }

void add_headers(MessageBuilder& message, const List<Header>& headers) {
  for (const Header& header : headers) {
    message.add(header.name);
    message.add(header.value);
  }
}

void add_step(MessageBuilder& message, const Respond& respond, bool keep) {
  add_kind(message, StepKind::respond);
  message.add(std::int64_t{respond.status});
  message.add(error_row(respond.code).name);
  message.add(respond.parameter);
  message.add(respond.detail);
  message.add(respond.description);
  message.add(respond.provider);
  message.add(respond.next);
  message.add(respond.session);
  message.add(respond.recovery);
  message.add(keep ? "1" : "");
  add_headers(message, respond.headers);
}

void add_step(MessageBuilder& message, const Fetch& fetch, bool keep) {
  add_kind(message, StepKind::fetch);
  message.add(fetch.resume);
  message.add(keep ? "1" : "");
  message.add(fetch.method);
  message.add(fetch.url);
  message.add(fetch.body);
  message.add(static_cast<std::int64_t>(fetch.max_bytes));
  message.add(fetch.deadline_milliseconds);
  message.add(fetch.max_age_seconds);
  add_headers(message, fetch.headers);
}

void add_step(MessageBuilder& message, const Verify& verify, bool keep) {
  add_kind(message, StepKind::verify);
  message.add(verify.resume);
  message.add(keep ? "1" : "");
  message.add(verify.algorithm);
  message.add(verify.jwk);
  message.add(verify.signature);
  message.add(verify.data);
  message.add(verify.digest);
  message.add(verify.digest_data);
}

}  // namespace

Text build_message(const Step& step) {
  MessageBuilder message;
  std::visit([&](const auto& next) { add_step(message, next, step.keep); }, step.next);
  return message.build();
}

Text build_message(const Started& started) {
  MessageBuilder message;
  add_kind(message, StepKind::started);
  message.add(started.url);
  for (const std::string_view cookie : started.set_cookies) message.add(cookie);
  return message.build();
}

Text build_message(const Config& config) {
  MessageBuilder message;
  add_kind(message, StepKind::ready);
  for (const std::string_view path : {config.paths.sign_in, config.paths.callback, config.paths.sign_out, config.paths.error})
    message.add(path);
  message.add(static_cast<std::int64_t>(kMaxFormBodyBytes));
  for (const Provider& provider : config.providers) {
    if (!provider.needs_metadata()) continue;
    message.add(provider.name);
    message.add(build_metadata_url(provider));
  }
  return message.build();
}

Text build_message(const ConfigError& error) {
  MessageBuilder message;
  add_kind(message, StepKind::refused);
  message.add(printable(error.parameter, error.parameter.size()));
  message.add(problem_name(error.problem));
  message.add(error.suggestion);
  return message.build();
}

Text build_message(NextVerdict verdict, std::string_view encoded) {
  MessageBuilder message;
  if (verdict != NextVerdict::refused) message.add(encoded);
  if (verdict == NextVerdict::unchanged) message.add("");
  return message.build();
}

}  // namespace landfall
