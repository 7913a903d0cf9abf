// Supabase's session cookies: any Cookie header reads as a session or is cleaned up, and a session written over it is
// read back as it was.
#include <cstdint>
#include <cstdlib>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/core.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/supabase/verifiers.hpp"
#include "web/cookie.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kConfig = R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef",)"
                                     R"("supabase":{"url":"https://abc.supabase.co","key":"anon"}})";
constexpr std::string_view kName = "sb-abc-auth-token";

Text build_request(std::string_view cookie) {
  const auto first = static_cast<std::size_t>(RequestField::header_0);
  MessageBuilder message;
  for (std::size_t i = 0; i < first + 13; ++i) {
    std::string_view field;
    if (i == static_cast<std::size_t>(RequestField::now)) field = "1768478400";
    if (i == static_cast<std::size_t>(RequestField::method)) field = "GET";
    if (i == static_cast<std::size_t>(RequestField::url)) field = "https://app.example/";
    if (i == first + static_cast<std::size_t>(RequestHeader::cookie)) field = cookie;
    message.add(field);
  }
  return message.build();
}

bool is_named(std::string_view line, std::string_view name) {
  return line.starts_with(name) && line.substr(name.size()).starts_with('=');
}

/// The Cookie header of a browser that has followed Set-Cookie lines: what is new in front.
Text follow(std::string_view header, const List<std::string_view>& lines) {
  Text after;
  for (const std::string_view line : lines) {
    if (!is_printable_ascii(line)) std::abort();
    const std::string_view pair = line.substr(0, line.find(';'));
    if (!pair.ends_with('=')) after += concat(pair, "; ");
  }
  CookieFields fields(header, {});
  Cookie cookie;
  while (fields.read(cookie)) {
    bool stays = true;
    for (const std::string_view line : lines) stays &= !is_named(line, cookie.name);
    if (stays) after += concat(cookie.name, "=", cookie.value, "; ");
  }
  return after;
}

void write_over(std::string_view header, std::string_view json, bool secure) {
  supabase::Project project;
  project.cookie_name = kName;
  const supabase::ProjectCookies cookies(header, kName);
  // Of more than that nothing is known.
  if (cookies.all().size() == kMaxProjectCookies) return;
  supabase::CookieWriter writer(project, secure);
  supabase::write_session(writer, cookies, json);
  supabase::start_verifier(writer, cookies, "flow-of-ours", "0123456789abcdefghijklmnopqrstuvwxyz-0123456789");
  List<std::string_view> lines;
  writer.append_to(lines);
  const Text after = follow(header, lines);
  const supabase::ProjectCookies written(after, kName);
  const auto text = supabase::read_session(written);
  if (!text || *text != json) std::abort();
  const auto verifier = supabase::find_verifier(written, "flow-of-ours");
  if (!verifier || verifier->is_recovery) std::abort();
  if (supabase::list_verifiers(written).empty()) std::abort();
  if (supabase::estimate_cookie_header(header, lines) > after.size() + 1) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  Core core;
  MessageBuilder config;
  config.add(kConfig);
  (void)core.handle(Operation::configure, config.build());
  const auto session = Message::parse(core.handle(Operation::read_session, build_request(header)));
  if (!session || session->size() < 2) std::abort();
  if (!(*session)[1].empty() && session->size() > 2) std::abort();
  for (std::size_t i = 0; i < session->size(); ++i)
    for (const char c : (*session)[i])
      if (static_cast<unsigned char>(c) >= 0x80 || (i >= 2 && !is_printable_ascii(c))) std::abort();

  const std::size_t length = size == 0 ? 0 : std::size_t{data[0]} * 40;
  Text json = R"({"access_token":")";
  for (std::size_t i = 0; i < length; ++i) json += static_cast<char>('a' + i % 26);
  json += R"("})";
  write_over(header, json, size % 2 == 0);
  return 0;
}
