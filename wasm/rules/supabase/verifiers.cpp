#include "rules/supabase/verifiers.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "rules/pkce.hpp"
#include "web/cookie.hpp"

namespace landfall::supabase {
namespace {

constexpr std::string_view kLegacy = "-code-verifier";
constexpr std::string_view kIndex = "-flows-code-verifier";
constexpr std::string_view kSlot = "-flow-";

Text slot_suffix(std::string_view flow_id) { return concat(kSlot, flow_id, kLegacy); }

/// The flow id in a slot's suffix; empty for every other cookie. Of all suffixes that ProjectCookies keeps, those that
/// begin like a slot's also end like it.
std::string_view flow_of(std::string_view suffix) {
  if (!suffix.starts_with(kSlot) || suffix.size() <= kSlot.size() + kLegacy.size()) return {};
  return suffix.substr(kSlot.size(), suffix.size() - kSlot.size() - kLegacy.size());
}

/// The text of a JSON string without escapes. These cookies never hold anything else.
std::string_view unquote(std::string_view json) {
  if (!json.starts_with('"')) return {};
  json.remove_prefix(1);
  if (!json.ends_with('"')) return {};
  json.remove_suffix(1);
  return json;
}

/// The flow ids of the index, oldest first.
List<std::string_view> read_index(const ProjectCookies& cookies) {
  List<std::string_view> flow_ids;
  const auto json = decode_cookie(cookies.value(kIndex));
  if (!json || !json->view().starts_with('[') || !json->view().ends_with(']')) return flow_ids;
  std::string_view rest = json->view().substr(1, json->size() - 2);
  while (!rest.empty() && flow_ids.size() < kMaxProjectCookies) {
    const std::string_view flow_id = unquote(trim(take_until(rest, ',')));
    if (is_flow_id(flow_id)) flow_ids.push_back(flow_id);
  }
  return flow_ids;
}

void write_index(CookieWriter& writer, const ProjectCookies& cookies, const List<std::string_view>& flow_ids) {
  if (flow_ids.empty()) {
    if (!cookies.value(kIndex).empty()) writer.remove(kIndex);
    return;
  }
  Text json;
  for (const std::string_view flow_id : flow_ids) {
    json += json.empty() ? "[\"" : ",\"";
    json += flow_id;
    json += '"';
  }
  json += ']';
  // The index also names flows of supabase-js, which live longer (an hour for an e-mail link). It must outlive them.
  writer.set(kIndex, writer.make_value(json), kMaxCookieAgeSeconds, cookies.has(kIndex));
}

bool holds(const ProjectCookie& cookie, std::string_view code_verifier) {
  const auto verifier = parse_verifier(cookie.value);
  return verifier && verifier->code_verifier == code_verifier;
}

bool contains(const List<std::string_view>& list, std::string_view text) {
  for (const std::string_view one : list)
    if (one == text) return true;
  return false;
}

}  // namespace

bool is_flow_id(std::string_view text) {
  if (text.size() < kMinFlowIdBytes || text.size() > kMaxFlowIdBytes) return false;
  for (const char c : text)
    if (!is_alnum(c) && c != '-' && c != '_') return false;
  return true;
}

std::optional<Verifier> parse_verifier(std::string_view value) {
  const auto json = decode_cookie(value);
  if (!json) return std::nullopt;
  std::string_view rest = unquote(*json);
  const std::string_view code_verifier = take_until(rest, '/');
  if (!is_code_verifier(code_verifier)) return std::nullopt;
  return Verifier{.code_verifier = code_verifier, .is_recovery = rest == "recovery" || rest == "PASSWORD_RECOVERY"};
}

std::optional<Verifier> find_verifier(const ProjectCookies& cookies, std::string_view flow_id) {
  return parse_verifier(cookies.value(slot_suffix(flow_id)));
}

List<HeldVerifier> list_verifiers(const ProjectCookies& cookies) {
  List<HeldVerifier> held;
  const auto add = [&held](std::string_view flow_id, const std::optional<Verifier>& verifier) {
    if (!verifier) return;
    for (HeldVerifier& one : held) {
      if (one.verifier.code_verifier != verifier->code_verifier) continue;
      if (one.flow_id.empty()) one.flow_id = flow_id;
      return;
    }
    held.push_back({.flow_id = flow_id, .verifier = *verifier});
  };
  add({}, parse_verifier(cookies.value(kLegacy)));
  const List<std::string_view> index = read_index(cookies);
  for (std::size_t i = index.size(); i-- > 0;) add(index[i], find_verifier(cookies, index[i]));
  for (const ProjectCookie& cookie : cookies.all())
    if (const std::string_view flow_id = flow_of(cookie.suffix); is_flow_id(flow_id))
      add(flow_id, parse_verifier(cookie.value));
  return held;
}

void start_verifier(CookieWriter& writer, const ProjectCookies& cookies, std::string_view flow_id,
                    std::string_view code_verifier) {
  List<std::string_view> flow_ids = read_index(cookies);
  flow_ids.push_back(flow_id);
  List<std::string_view> index;
  const std::size_t evicted = flow_ids.size() - std::min(flow_ids.size(), kMaxSupabaseFlows);
  for (std::size_t i = evicted; i < flow_ids.size(); ++i) index.push_back(flow_ids[i]);
  for (const ProjectCookie& cookie : cookies.all()) {
    const std::string_view slot = flow_of(cookie.suffix);
    if (!slot.empty() && !contains(index, slot)) writer.remove(cookie.suffix);
  }
  const Text value = writer.make_value(concat("\"", code_verifier, "\""));
  writer.set(slot_suffix(flow_id), value, kTransactionSeconds, false);
  write_index(writer, cookies, index);
  writer.set(kLegacy, value, kTransactionSeconds, cookies.has(kLegacy));
}

void end_verifier(CookieWriter& writer, const ProjectCookies& cookies, std::string_view code_verifier) {
  List<std::string_view> ended;
  for (const ProjectCookie& cookie : cookies.all()) {
    const std::string_view slot = flow_of(cookie.suffix);
    const bool may_hold = !slot.empty() || cookie.suffix == kLegacy;
    if (!may_hold || !holds(cookie, code_verifier)) continue;
    writer.remove(cookie.suffix);
    if (!slot.empty()) ended.push_back(slot);
  }
  if (ended.empty()) return;
  List<std::string_view> index;
  for (const std::string_view flow_id : read_index(cookies))
    if (!contains(ended, flow_id)) index.push_back(flow_id);
  write_index(writer, cookies, index);
}

void clear_verifiers(CookieWriter& writer, const ProjectCookies& cookies) {
  for (const ProjectCookie& cookie : cookies.all())
    if (cookie.suffix == kLegacy || cookie.suffix == kIndex || !flow_of(cookie.suffix).empty())
      writer.remove(cookie.suffix);
}

bool has_foreign_verifier(std::string_view cookie_header, std::string_view cookie_name) {
  CookieFields fields(cookie_header, "sb-");
  Cookie cookie;
  while (fields.read(cookie))
    if (cookie.name.ends_with(kLegacy) && !cookie.name.starts_with(cookie_name) && parse_verifier(cookie.value))
      return true;
  return false;
}

}  // namespace landfall::supabase
