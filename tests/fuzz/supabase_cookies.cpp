// Supabase's session cookies: any Cookie header reads as a session or is cleaned up, and a session written over it is
// read back as it was.
#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "codec/core.hpp"
#include "core_message.hpp"
#include "input.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/supabase/verifiers.hpp"
#include "web/cookie.hpp"

using namespace landfall;

namespace {

constexpr std::string_view kConfig = R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef",)"
                                     R"("supabase":{"url":"https://abc.supabase.co","key":"anon"}})";
constexpr std::string_view kName = "sb-abc-auth-token";

Text build_request(std::string_view cookie) {
  RequestCase request;
  request.fields[RequestField::now] = "1768478400";
  request.fields[RequestField::method] = "GET";
  request.fields[RequestField::url] = "https://app.example/";
  request.headers[RequestHeader::cookie] = cookie;
  MessageBuilder message;
  for (const std::string& field : request.list()) message.add(std::string_view(field));
  return message.build();
}

bool is_named(std::string_view line, std::string_view name) {
  return line.starts_with(name) && line.substr(name.size()).starts_with('=');
}

/// The Cookie header of a browser that has followed Set-Cookie lines: what is new in front.
Text follow(std::string_view header, const List<std::string_view>& lines) {
  Text after;
  for (const std::string_view line : lines) {
    CHECK(is_printable_ascii(line));
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
  std::size_t others = 0;
  for (const supabase::ProjectCookie& cookie : cookies.all())
    others += cookie.suffix.size() > 1 + kMaxSessionChunkDigits ? 1 : 0;
  if (others == kMaxOtherProjectCookies) return;
  supabase::CookieWriter writer(project, secure);
  supabase::write_session(writer, cookies, json);
  supabase::start_verifier(writer, cookies, "flow-of-ours", "0123456789abcdefghijklmnopqrstuvwxyz-0123456789");
  List<std::string_view> lines;
  writer.append_to(lines);
  const Text after = follow(header, lines);
  const supabase::ProjectCookies written(after, kName);
  const auto text = supabase::read_session(written);
  CHECK(text && *text == json);
  const auto verifier = supabase::find_verifier(written, "flow-of-ours");
  CHECK(verifier && !verifier->is_recovery);
  CHECK(!supabase::list_verifiers(written).empty());
  CHECK(supabase::estimate_cookie_header(header, lines) <= after.size() + 1);
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
  const auto session = Message::parse(core.handle(Operation::get_session, build_request(header)));
  constexpr auto kFirstLine = static_cast<std::size_t>(StoredSessionField::set_cookie_0);
  CHECK(session && session->size() >= kFirstLine);
  CHECK((*session)[StoredSessionField::session].empty() || session->size() == kFirstLine);
  for (std::size_t i = 0; i < session->size(); ++i)
    for (const char c : (*session)[i]) CHECK(static_cast<unsigned char>(c) < 0x80 && is_printable_ascii(c));

  const std::size_t length = size == 0 ? 0 : std::size_t{data[0]} * 40;
  Text json = R"({"access_token":")";
  for (std::size_t i = 0; i < length; ++i) json += static_cast<char>('a' + i % 26);
  json += R"("})";
  write_over(header, json, size % 2 == 0);
  return 0;
}
