#include "jar.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace landfall::fuzz {
namespace {

// RFC 6265bis 5.6 and 6.1.
constexpr std::size_t kMaxPairBytes = 4096;
constexpr std::size_t kMaxAttributeBytes = 1024;
constexpr std::size_t kMaxCookies = 50;

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

/// Whether a host is a domain or below it (5.1.3).
bool domain_matches(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.';
}

/// 5.1.4.
bool path_matches(std::string_view path, std::string_view cookie_path) {
  if (!path.starts_with(cookie_path)) return false;
  return path.size() == cookie_path.size() || cookie_path.ends_with('/') || path[cookie_path.size()] == '/';
}

}  // namespace

bool Jar::Cookie::is_for(std::string_view host, std::string_view request_path) const {
  return (is_host_only ? host == domain : domain_matches(host, domain)) && path_matches(request_path, path);
}

/// 5.6 and the checks of 5.7.
bool Jar::parse(std::string_view set_cookie, std::string_view host, Cookie& cookie, bool& is_removal) {
  if (std::any_of(set_cookie.begin(), set_cookie.end(), is_control)) return false;
  const std::string_view pair = set_cookie.substr(0, set_cookie.find(';'));
  const std::size_t equals = pair.find('=');
  if (equals != std::string_view::npos) cookie.name = trim(pair.substr(0, equals));
  cookie.value = trim(equals == std::string_view::npos ? pair : pair.substr(equals + 1));
  if (cookie.name.size() + cookie.value.size() > kMaxPairBytes || cookie.pair().empty()) return false;
  cookie.domain = host;
  bool has_root = false;
  std::string_view rest = set_cookie.substr(pair.size());
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view attribute = rest.substr(0, rest.find(';'));
    rest.remove_prefix(attribute.size());
    const std::size_t end = attribute.find('=');
    const std::string_view name = trim(attribute.substr(0, end));
    const std::string_view value = end == std::string_view::npos ? "" : trim(attribute.substr(end + 1));
    if (value.size() > kMaxAttributeBytes) continue;
    if (equal_ignoring_case(name, "secure")) cookie.is_secure = true;
    if (equal_ignoring_case(name, "samesite")) cookie.is_none = equal_ignoring_case(value, "none");
    if (equal_ignoring_case(name, "max-age")) is_removal = value == "0" || value.starts_with('-');
    if (equal_ignoring_case(name, "path")) {
      has_root = value == "/";
      cookie.path = value.starts_with('/') ? value : "/";
    }
    if (equal_ignoring_case(name, "domain") && !value.empty()) {
      cookie.is_host_only = false;
      cookie.domain = value.substr(value.starts_with('.') ? 1 : 0);
    }
  }
  // Nobody sets a cookie for a public suffix, or for a host that is not below the domain.
  if (!cookie.is_host_only && (!domain_matches(host, cookie.domain) || !domain_matches(cookie.domain, kSite)))
    return false;
  if (cookie.is_none && !cookie.is_secure) return false;
  // A cookie without a name must not look like one with a prefix.
  const std::string& name = cookie.name.empty() ? cookie.value : cookie.name;
  const bool is_bare = cookie.name.empty();
  if (starts_with_ignoring_case(name, "__secure-") && (is_bare || !cookie.is_secure)) return false;
  return !starts_with_ignoring_case(name, "__host-") ||
         (!is_bare && cookie.is_secure && cookie.is_host_only && has_root);
}

bool Jar::follow(std::string_view set_cookie, std::string_view host) {
  Cookie cookie;
  bool is_removal = false;
  if (!parse(set_cookie, host, cookie, is_removal)) return false;
  const auto known = std::find_if(cookies_.begin(), cookies_.end(), [&cookie](const Cookie& other) {
    return other.name == cookie.name && other.domain == cookie.domain && other.path == cookie.path &&
           other.is_host_only == cookie.is_host_only;
  });
  if (known != cookies_.end()) {
    if (is_removal)
      cookies_.erase(known);
    else
      *known = cookie;
    return true;
  }
  if (is_removal) return true;
  cookies_.push_back(cookie);
  if (cookies_.size() > kMaxCookies) cookies_.erase(cookies_.begin());
  return true;
}

/// Longer paths first, and then the older ones (5.8.3).
std::vector<const Jar::Cookie*> Jar::matching(std::string_view host, std::string_view path) const {
  std::vector<const Cookie*> out;
  for (const Cookie& cookie : cookies_)
    if (cookie.is_for(host, path)) out.push_back(&cookie);
  std::stable_sort(out.begin(), out.end(),
                   [](const Cookie* one, const Cookie* other) { return one->path.size() > other->path.size(); });
  return out;
}

bool Jar::tamper(std::size_t which, std::size_t at, char flip, std::string_view host) {
  const auto cookies = matching(host, "/");
  if (cookies.empty() || flip == 0) return false;
  auto& cookie = cookies_[static_cast<std::size_t>(cookies[which % cookies.size()] - cookies_.data())];
  if (cookie.value.empty()) return false;
  cookie.value[at % cookie.value.size()] ^= flip;
  return true;
}

std::string Jar::header(std::string_view host, std::string_view path, bool is_cross_site_post) const {
  std::string out;
  const auto add = [&out](const std::string& pair) { out += (out.empty() ? "" : "; ") + pair; };
  for (const auto& [its_host, pair] : tossed_)
    if (its_host == host) add(pair);
  for (const Cookie* cookie : matching(host, path))
    if (!is_cross_site_post || cookie->is_none) add(cookie->pair());
  return out;
}

std::vector<std::string> Jar::list(std::string_view host) const {
  std::vector<std::string> out;
  for (const auto& [its_host, pair] : tossed_)
    if (its_host == host) out.push_back(pair);
  for (const Cookie* cookie : matching(host, "/")) out.push_back(cookie->pair());
  return out;
}

bool Jar::holds(const std::string& pair, std::string_view host) const {
  const auto all = list(host);
  return std::find(all.begin(), all.end(), pair) != all.end();
}

}  // namespace landfall::fuzz
