// The token answer through a callback of Supabase's: no bytes make a session but a good answer's, and that one is read
// back from its cookies.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "codec/core.hpp"
#include "rules/supabase/session_cookies.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kConfig =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","onSession":true,)"
    R"("supabase":{"url":"https://abc.supabase.co","key":"anon","providers":{"bitbucket":{}}}})";
constexpr std::string_view kName = "sb-abc-auth-token";
constexpr std::string_view kUrl = "https://app.example/auth/callback?code=00000000-0000-4000-8000-000000000001";

#define LANDFALL_ENUMERATOR(name) name,
namespace respond_field {
enum : std::size_t { LANDFALL_RESPOND(LANDFALL_ENUMERATOR) };
}
namespace fetch_field {
enum : std::size_t { LANDFALL_FETCH(LANDFALL_ENUMERATOR) };
}
#undef LANDFALL_ENUMERATOR

using Fields = std::vector<std::string>;

Fields handle(Core& core, Operation operation, std::map<RequestField, std::string> fields, const std::string& cookie) {
  const auto first = static_cast<std::size_t>(RequestField::header_0);
  Memory memory;
  const MemoryScope scope(memory);
  fields[RequestField::now] = "1768478400";
  fields[RequestField::method] = "GET";
  fields[RequestField::entropy] = std::string(kEntropyBytes, 'e');
  MessageBuilder message;
  for (std::size_t i = 0; i < first + 13; ++i) {
    const bool is_cookie = i == first + static_cast<std::size_t>(RequestHeader::cookie);
    message.add(std::string_view(is_cookie ? cookie : fields[static_cast<RequestField>(i)]));
  }
  const auto step = Message::parse(core.handle(operation, message.build()));
  if (!step) std::abort();
  Fields out;
  for (std::size_t i = 0; i < step->size(); ++i) {
    out.emplace_back((*step)[i]);
    for (const char c : out.back())
      if (static_cast<unsigned char>(c) >= 0x80) std::abort();
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
    const Fields step = handle(core, Operation::sign_in, {{RequestField::url, "https://app.example/auth/sign-in"}}, "");
    for (std::size_t i = respond_field::header_0; i + 1 < step.size(); i += 2)
      if (step[i] == "set-cookie") cookie += step[i + 1].substr(0, step[i + 1].find(';')) + "; ";
    const Fields fetch = handle(core, Operation::callback, {{RequestField::url, std::string(kUrl)}}, cookie);
    if (fetch.at(0) != "1") std::abort();
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
  const Fields step = handle(world.core, Operation::callback,
                             {{RequestField::url, std::string(kUrl)},
                              {RequestField::resume, world.resume},
                              {RequestField::status, status},
                              {RequestField::content_type, "application/json"},
                              {RequestField::answer, body}},
                             world.cookie);
  if (step.at(0) == "1") return 0;
  const std::string& session = step.at(respond_field::session);
  const bool is_good = step.at(respond_field::code).empty();
  if (is_good == session.empty() || (is_good && status != "200")) std::abort();

  std::string after;
  for (std::size_t i = respond_field::header_0; i + 1 < step.size(); i += 2) {
    if (!is_printable_ascii(step[i + 1])) std::abort();
    const std::string pair = step[i + 1].substr(0, step[i + 1].find(';'));
    if (step[i] == "set-cookie" && pair.back() != '=') after += pair + "; ";
  }
  Memory memory;
  const MemoryScope scope(memory);
  const auto text = supabase::read_session(supabase::ProjectCookies(after, kName));
  if (text.has_value() != is_good) std::abort();
  if (text && to_ascii_json(*text) != session) std::abort();
  return 0;
}
