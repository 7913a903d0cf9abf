#include "codec/step_message.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/message.hpp"
#include "flow/not_set.hpp"
#include "flow/pending.hpp"
#include "rules/authorization_response.hpp"
#include "rules/metadata.hpp"
#include "rules/setting.hpp"

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

void add_lines(MessageBuilder& message, const List<std::string_view>& lines) {
  for (const std::string_view line : lines) message.add(line);
}

/// One a line: code, blame, message, spec and detail, with tabs between.
Text warning_lines(const List<Warning>& warnings) {
  Text lines;
  for (const Warning& warning : warnings) {
    const ErrorRow row = error_row(warning.code);
    lines += concat(row.name, "\t", row.blame, "\t", error_message(warning.code), "\t", error_spec(warning.code), "\t",
                    warning.detail, "\n");
  }
  return lines;
}

/// The options that are not set, one a line: the option, a space, its variable.
Text missing_lines(const List<std::string_view>& options) {
  Text lines;
  for (const std::string_view option : options) lines += concat(option, " ", variable_name(option), "\n");
  return lines;
}

/// The sentence for the people who run the app: it names an option that is not set.
Text sentence_of(const Respond& respond) {
  const bool is_not_set =
      respond.code == ErrorCode::config_missing || respond.code == ErrorCode::provider_not_configured;
  return is_not_set && !respond.parameter.empty() ? explain_not_set(respond.parameter)
                                                  : Text(error_message(respond.code));
}

/// One line for a log. What a provider wrote stands in quotes where it has blanks, so that it makes no field of its
/// own: `printable` leaves no quote in it.
Text log_line(const Respond& respond, std::string_view message) {
  if (respond.is_quiet) return {};
  const ErrorRow row = error_row(respond.code);
  Text line = concat("landfall: ", respond.route, " ", row.name.empty() ? "ok" : row.name);
  const auto add = [&line](std::string_view name, std::string_view value) {
    const std::string_view quote = value.find(' ') == std::string_view::npos ? "" : "\"";
    if (!value.empty()) line += concat(" ", name, "=", quote, value, quote);
  };
  add("blame", row.blame);
  add("provider", respond.provider);
  add("parameter", respond.parameter);
  add("detail", respond.detail);
  if (!message.empty()) line += concat(": ", message);
  return line;
}

void add_step(MessageBuilder& message, const Respond& respond) {
  const ErrorRow row = error_row(respond.code);
  const Text sentence = sentence_of(respond);
  message.add({number(respond.status), respond.body, log_line(respond, sentence), respond.route, row.name, row.blame,
               sentence, error_spec(respond.code), respond.parameter, respond.detail, respond.description,
               respond.provider_status == 0 ? Text() : number(respond.provider_status), respond.provider, respond.next,
               respond.origin, warning_lines(respond.warnings), respond.forget});
  add_headers(message, respond.headers);
}

void add_step(MessageBuilder& message, const Fetch& fetch) {
  message.add({fetch.method, fetch.url, fetch.body});
  for (const std::int64_t value : {static_cast<std::int64_t>(kMaxFetchBytes), fetch.deadline_milliseconds,
                                   fetch.patience_milliseconds, fetch.delay_milliseconds, fetch.max_age_seconds})
    message.add(number(value));
  message.add({fetch.again ? "1" : "", fetch.cache_key});
  add_headers(message, fetch.headers);
}

void add_step(MessageBuilder& message, const Verify& verify) {
  message.add({verify.alg, verify.jwk, verify.spki, verify.signature, verify.signature_der, verify.data});
}

}  // namespace

Text build_message(const Step& step) {
  MessageBuilder message;
  message.add({number(static_cast<std::int64_t>(step.kind)), step.keep ? "1" : "", step.resume});
  switch (step.kind) {
    case Step::Kind::respond:
      add_step(message, static_cast<const Respond&>(step));
      break;
    case Step::Kind::fetch:
      add_step(message, static_cast<const Fetch&>(step));
      break;
    case Step::Kind::verify:
      add_step(message, static_cast<const Verify&>(step));
      break;
    case Step::Kind::body:
      message.add(number(static_cast<std::int64_t>(kMaxFormBodyBytes)));
      break;
    case Step::Kind::session: {
      const auto& ask = static_cast<const AskSession&>(step);
      message.add({ask.session, ask.provider, ask.next, ask.redirect_type, ask.current});
      break;
    }
    case Step::Kind::sign: {
      const auto& sign = static_cast<const Sign&>(step);
      message.add({sign.key, sign.data});
      break;
    }
    case Step::Kind::sign_out:
      break;
    case Step::Kind::revoked: {
      const auto& ask = static_cast<const AskRevoked&>(step);
      message.add({ask.sid, ask.session});
      break;
    }
    case Step::Kind::stored_session: {
      const auto& found = static_cast<const FoundSession&>(step);
      message.add(found.json);
      add_lines(message, found.set_cookies);
      break;
    }
    case Step::Kind::access_token: {
      const auto& found = static_cast<const FoundToken&>(step);
      message.add({found.access_token, found.expires_at == 0 ? Text() : number(found.expires_at)});
      add_lines(message, found.set_cookies);
      break;
    }
    case Step::Kind::logout: {
      const auto& found = static_cast<const FoundLogout&>(step);
      message.add({found.provider, found.sub, found.sid, found.jti});
      break;
    }
  }
  return message.build();
}

Text build_message(const Started& started) {
  MessageBuilder message;
  Respond sent;
  sent.route = "sign_in";
  sent.provider = started.provider;
  message.add({kind(StepKind::started), "", "", started.url, started.state, log_line(sent, {})});
  for (const std::string_view cookie : started.set_cookies) message.add(cookie);
  return message.build();
}

Text build_message(const Config& config) {
  MessageBuilder message;
  Text missing = missing_lines(config.missing);
  missing += missing_lines(config.supabase_missing);
  for (const Provider& provider : config.providers()) missing += missing_lines(provider.missing);
  const Provider* default_provider = config.find_provider({});
  message.add({kind(StepKind::ready), "", "", config.paths.callback, config.paths.sign_out, config.paths.error,
               config.supabase() != nullptr ? config.supabase()->cookie_name : std::string_view(), missing,
               join_lines(list_usable_providers(config)),
               default_provider != nullptr ? default_provider->name : std::string_view()});
  for (const Provider& provider : config.providers())
    message.add({provider.name, provider.callback,
                 provider.missing.empty() && provider.needs_metadata() ? build_metadata_url(provider).view()
                                                                       : std::string_view()});
  return message.build();
}

Text build_message(const ConfigError& error) {
  MessageBuilder message;
  message.add({kind(StepKind::refused), "", "", printable(error.parameter, error.parameter.size()),
               problem_name(error.problem), error.suggestion});
  return message.build();
}

Text build_message(std::string_view field) {
  MessageBuilder message;
  message.add(field);
  return message.build();
}

Text build_message(NextVerdict verdict, std::string_view encoded) {
  // The two answers without text are ready made: this is the one operation that apps may call in a loop.
  constexpr std::string_view kNoFields("\10\0\0\0\0\0\0\0", 8);
  constexpr std::string_view kTwoEmptyFields("\20\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0", 16);
  if (verdict == NextVerdict::refused) return kNoFields;
  if (verdict == NextVerdict::unchanged) return kTwoEmptyFields;
  return build_message(encoded);
}

}  // namespace landfall
