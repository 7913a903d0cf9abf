#include "flow/respond.hpp"

#include <array>
#include <span>

#include "base/ascii.hpp"
#include "rules/next.hpp"
#include "rules/route.hpp"
#include "web/form.hpp"

namespace landfall {
namespace {

constexpr auto kCommonHeaders =
    std::to_array<Header>({{"cache-control", "no-store"}, {"referrer-policy", "no-referrer"}});

// For an answer that a browser shows as it is.
constexpr auto kTextHeaders =
    std::to_array<Header>({{"content-type", "text/plain; charset=utf-8"},
                           {"x-content-type-options", "nosniff"},
                           {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"}});

void add_headers(List<Header>& headers, std::span<const Header> more) {
  for (const Header& header : more) headers.push_back(header);
}

void add_cookies(List<Header>& headers, const List<std::string_view>& set_cookies) {
  for (const std::string_view cookie : set_cookies) headers.push_back({"set-cookie", cookie});
}

Text error_location(const Config& config, ErrorCode code, const Outcome& outcome) {
  Text location = config.paths.error;
  if (location.view().find('?') == std::string_view::npos) location += '?';
  append_form_field(location, "error", error_row(code).name);
  if (!outcome.provider.empty()) append_form_field(location, "provider", outcome.provider);
  if (!outcome.next.empty()) append_form_field(location, "next", outcome.next);
  return location;
}

/// Whether a path is one of ours to any router.
bool is_auth_route(const Config& config, std::string_view next) {
  const Text path = normalize_route(next.substr(0, next.find_first_of("?#")));
  for (const std::string_view route : config.routes)
    if (path == route) return true;
  return false;
}

}  // namespace

Respond& respond_redirect(std::string_view location, const List<std::string_view>& set_cookies) {
  auto& respond = place<Respond>();
  const bool needs_fragment = location.starts_with('/') && location.find('#') == std::string_view::npos;
  respond.headers.push_back({"location", needs_fragment ? concat(location, "#").view() : location});
  add_headers(respond.headers, kCommonHeaders);
  add_cookies(respond.headers, set_cookies);
  return respond;
}

Respond& respond_error(const Config& config, const Error& error, const Outcome& outcome) {
  const ErrorRow row = error_row(error.code);
  const bool redirects = row.reply == Reply::redirect;
  Respond& respond =
      redirects ? respond_redirect(error_location(config, error.code, outcome), outcome.set_cookies) : place<Respond>();
  if (!redirects) {
    respond.status = static_cast<std::uint16_t>(row.reply);
    add_headers(respond.headers, kCommonHeaders);
    add_headers(respond.headers, kTextHeaders);
    add_cookies(respond.headers, outcome.set_cookies);
    respond.body = concat(row.name, ": ", error_message(error.code), "\n");
  }
  respond.code = error.code;
  respond.parameter = error.parameter;
  respond.provider = outcome.provider;
  respond.next = outcome.next;
  respond.detail = outcome.detail;
  respond.description = outcome.description;
  return respond;
}

Respond& respond_error(const Config& config, ErrorCode code) { return respond_error(config, Error{code}); }

Respond& respond_wrong_method(const Config& config, std::string_view allow) {
  Respond& respond = respond_error(config, ErrorCode::method_not_allowed);
  respond.headers.push_back({"allow", allow});
  return respond;
}

Respond& respond_page(const Page& page, std::string_view referrer_policy) {
  auto& respond = place<Respond>();
  respond.status = 200;
  respond.headers.push_back({"content-type", "text/html; charset=utf-8"});
  respond.headers.push_back({"content-security-policy", page.policy});
  respond.headers.push_back({"x-content-type-options", "nosniff"});
  respond.headers.push_back({"cache-control", "no-store"});
  respond.headers.push_back({"referrer-policy", referrer_policy});
  respond.body = page.html;
  return respond;
}

Respond& respond_json(std::uint16_t status, std::string_view json) {
  auto& respond = place<Respond>();
  respond.status = status;
  add_headers(respond.headers, kCommonHeaders);
  respond.headers.push_back({"content-type", "application/json"});
  respond.headers.push_back({"x-content-type-options", "nosniff"});
  respond.body = json;
  return respond;
}

void set_session_headers(Respond& respond) {
  for (Header& header : respond.headers)
    if (header.name == "cache-control") header.value = "private, no-cache, no-store, must-revalidate, max-age=0";
  respond.headers.push_back({"expires", "0"});
  respond.headers.push_back({"pragma", "no-cache"});
}

Respond& respond_nothing() {
  auto& respond = place<Respond>();
  respond.status = 204;
  respond.is_quiet = true;
  add_headers(respond.headers, kCommonHeaders);
  return respond;
}

bool is_about_metadata(ErrorCode code) {
  return code == ErrorCode::certificate_untrusted ||
         (code >= ErrorCode::discovery_unavailable && code <= ErrorCode::discovery_issuer);
}

void add_fetch(Respond& respond, const FetchResult& result) {
  if (respond.code == ErrorCode::ok) return;
  if (respond.provider_status == 0 && result.status > 1) respond.provider_status = result.status;
  if (respond.detail.empty()) respond.detail = result.cause;
}

std::string_view choose_next(const Config& config, std::string_view next, std::string_view public_origin,
                             std::string_view fallback) {
  Text encoded;
  const NextVerdict verdict = check_next(next, public_origin, encoded);
  if (verdict == NextVerdict::refused) return fallback;
  const std::string_view target = config.in_app(verdict == NextVerdict::encoded ? encoded.view() : next);
  return target.size() > kMaxSealedNextBytes || is_auth_route(config, target) ? fallback : target;
}

}  // namespace landfall
