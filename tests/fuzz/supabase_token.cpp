// The token response through a callback of Supabase's: no bytes make a session but a good response's, and that one is
// read back from its cookies.
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "codec/core.hpp"
#include "core_message.hpp"
#include "input.hpp"
#include "rules/supabase/session_cookies.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kConfig =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","onSession":true,)"
    R"("supabase":{"url":"https://abc.supabase.co","key":"anon","providers":{"bitbucket":{}}}})";
constexpr std::string_view kName = "sb-abc-auth-token";
constexpr std::string_view kUrl = "https://app.example/auth/callback?code=00000000-0000-4000-8000-000000000001";

using Fields = std::vector<std::string>;

Fields handle(Core& core, Operation operation, RequestCase request, const std::string& cookie) {
  Memory memory;
  const MemoryScope scope(memory);
  request.fields[RequestField::now] = "1768478400";
  request.fields[RequestField::method] = "GET";
  request.fields[RequestField::entropy] = make_entropy();
  request.headers[RequestHeader::cookie] = cookie;
  MessageBuilder message;
  for (const std::string& field : request.list()) message.add(std::string_view(field));
  const auto step = Message::parse(core.handle(operation, message.build()));
  CHECK(step.has_value());
  Fields out;
  for (std::size_t i = 0; i < step->size(); ++i) {
    out.emplace_back((*step)[i]);
    for (const char c : out.back()) CHECK(static_cast<unsigned char>(c) < 0x80);
  }
  return out;
}

/// A browser that is on its way back from /authorize.
struct World {
  Core core;
  std::string cookie;
  std::string resume;

  World() {
    {
      Memory memory;
      const MemoryScope scope(memory);
      MessageBuilder config;
      config.add(kConfig);
      (void)core.handle(Operation::configure, config.build());
    }
    const Fields step =
        handle(core, Operation::serve, {{{RequestField::url, "https://app.example/auth/sign-in"}}, {}}, "");
    for (std::size_t i = respond_field::header_0; i + 1 < step.size(); i += 2)
      if (step[i] == "set-cookie") cookie += step[i + 1].substr(0, step[i + 1].find(';')) + "; ";
    const Fields fetch = handle(core, Operation::serve, {{{RequestField::url, std::string(kUrl)}}, {}}, cookie);
    CHECK(fetch.at(0) == "1");
    resume = fetch.at(fetch_field::resume);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  if (size == 0) return 0;
  // 200 most often, for it leads furthest.
  const std::string status = data[0] < 128 ? "200" : std::to_string(int{data[0]} * 3);
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Fields brought = handle(world.core, Operation::serve,
                                {{{RequestField::url, std::string(kUrl)},
                                  {RequestField::resume, world.resume},
                                  {RequestField::status, status},
                                  {RequestField::content_type, "application/json"},
                                  {RequestField::answer, body}},
                                 {}},
                                world.cookie);
  const auto kind = static_cast<StepKind>(std::stoi(brought.at(0)));
  if (kind == StepKind::fetch) return 0;
  CHECK(kind == StepKind::respond || kind == StepKind::session);
  const bool is_good = kind == StepKind::session;
  const std::string session = is_good ? brought.at(static_cast<std::size_t>(SessionField::session)) : "";
  CHECK(is_good != session.empty() && (!is_good || status == "200"));
  // The app takes the session.
  const Fields step =
      is_good
          ? handle(
                world.core, Operation::serve,
                {{{RequestField::url, std::string(kUrl)}, {RequestField::resume, brought.at(fetch_field::resume)}}, {}},
                world.cookie)
          : brought;
  CHECK(step.at(respond_field::code).empty() == is_good);

  std::string after;
  for (std::size_t i = respond_field::header_0; i + 1 < step.size(); i += 2) {
    CHECK(is_printable_ascii(step[i + 1]));
    const std::string pair = step[i + 1].substr(0, step[i + 1].find(';'));
    if (step[i] == "set-cookie" && pair.back() != '=') after += pair + "; ";
  }
  Memory memory;
  const MemoryScope scope(memory);
  const auto text = supabase::read_session(supabase::ProjectCookies(after, kName));
  CHECK(text.has_value() == is_good);
  // The profile comes last, for the app's hook alone; a session with two users has none.
  const std::size_t end = session.rfind(",\"profile\":{\"provider\":");
  const std::string kept = end == std::string::npos ? session : session.substr(0, end) + "}";
  CHECK(!text || to_ascii_json(*text) == kept);
  return 0;
}
