#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "codec/core.hpp"
#include "core_message.hpp"
#include "flow/serve.hpp"
#include "stages.hpp"

/// The core as JavaScript sees it: messages in, messages out, nothing kept between the calls.
namespace landfall {

/// The fields of a message as texts of their own.
inline std::vector<std::string> fields_of(std::string_view bytes) {
  std::vector<std::string> fields;
  const auto message = Message::parse(bytes);
  EXPECT_TRUE(message.has_value());
  if (message)
    for (std::size_t i = 0; i < message->size(); ++i) fields.emplace_back((*message)[i]);
  return fields;
}

/// The arrows between stages that this process has taken.
inline std::set<stages::Arrow>& taken_arrows() {
  static std::set<stages::Arrow> arrows;
  return arrows;
}

/// Performs one operation in a memory of its own, which is gone afterwards. An arrow that stages.def does not have
/// fails the test.
inline std::vector<std::string> handle(Core& core, Operation operation, const std::vector<std::string>& fields) {
  Memory call_memory;
  const MemoryScope call(call_memory);
  MessageBuilder message;
  for (const std::string& field : fields) message.add(std::string_view(field));
  const StepCase step{fields_of(core.handle(operation, message.build()))};
  if (const auto arrow = stages::arrow_of(operation, fields, step)) {
    EXPECT_TRUE(stages::listed().contains(*arrow)) << "not in stages.def: " << arrow->first << " to " << arrow->second;
    taken_arrows().insert(*arrow);
  }
  return step.fields;
}

/// Serves a request of a route; of none, where the path decides. The body is given when the core asks for it, and not
/// before; then it stays in the request, as a host has it for the steps that follow.
inline StepCase serve(Core& core, Route route, RequestCase& request) {
  request.fields[RequestField::route] = std::string(route_name(route));
  RequestCase unread = request;
  if (unread.fields[RequestField::has_body].empty()) unread.fields.erase(RequestField::body);
  StepCase step{handle(core, Operation::serve, unread.list())};
  if (step.fields.empty() || step.kind() != StepKind::body) return step;
  EXPECT_EQ(step.at(body_field::max_bytes), std::to_string(kMaxFormBodyBytes));
  EXPECT_EQ(step.at(body_field::resume), "");
  EXPECT_TRUE(request.fields[RequestField::has_body].empty()) << "a body is asked for once";
  request.fields[RequestField::has_body] = "1";
  return {handle(core, Operation::serve, request.list())};
}
inline StepCase serve(Core& core, Route route, RequestCase&& request) { return serve(core, route, request); }

/// What an app's hook says to a SESSION or a SIGN_OUT.
struct HookCase {
  bool is_refused = false;
  std::string redirect = {};
  std::string revoke_provider = {};
  std::string revoke_token = {};
  std::string token_type_hint = {};
  std::string data = {};
};

/// Goes on after a hook. The request keeps what the hook said.
inline StepCase take_hook(Core& core, RequestCase& request, const StepCase& step, const HookCase& hook) {
  EXPECT_TRUE(step.kind() == StepKind::session || step.kind() == StepKind::sign_out) << step.at(respond_field::code);
  request.fields[RequestField::resume] = step.at(session_field::resume);
  for (const RequestField field : {RequestField::status, RequestField::content_type, RequestField::answer})
    request.fields.erase(field);
  request.fields[RequestField::failure] = hook.is_refused ? "refused" : "";
  request.fields[RequestField::redirect] = hook.redirect;
  request.fields[RequestField::revoke_provider] = hook.revoke_provider;
  request.fields[RequestField::revoke_token] = hook.revoke_token;
  request.fields[RequestField::token_type_hint] = hook.token_type_hint;
  request.fields[RequestField::data] = hook.data;
  return {handle(core, Operation::serve, request.list())};
}

/// A line of RESPOND.warnings.
inline std::string warning_line(ErrorCode code, const std::string& detail) {
  const ErrorRow row = error_row(code);
  const std::string tab = "\t";
  return std::string(row.name) + tab + std::string(row.blame) + tab + std::string(error_message(code)) + tab +
         std::string(error_spec(code)) + tab + detail + "\n";
}

/// Which of our pages an answer is: "error", "confirm", or none.
inline std::string page_of(const StepCase& step) {
  const auto types = step.headers(respond_field::header_0, "content-type");
  const std::string body = step.at(respond_field::body);
  if (types != std::vector<std::string>{"text/html; charset=utf-8"} || !body.starts_with("<!doctype html>")) return {};
  return body.find("<form method=\"post\"") == std::string::npos ? "error" : "confirm";
}

}  // namespace landfall
