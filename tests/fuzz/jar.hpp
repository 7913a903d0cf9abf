#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The cookies of one browser, by RFC 6265bis.
namespace landfall::fuzz {

/// The registrable domain of the app's hosts. Whoever has any host below it may set cookies for it.
inline constexpr std::string_view kSite = "app.example";

/// Obeys every Set-Cookie: prefixes, Domain and Path, host-only cookies beside a domain's of the same name, sizes, and
/// the order of the Cookie header. It lets no cookie expire, because a browser's clock may be anything.
class Jar {
 public:
  /// A Set-Cookie that a host sends over https. False where a browser ignores it.
  bool follow(std::string_view set_cookie, std::string_view host);
  /// Somebody puts a cookie there that no Set-Cookie could: it comes before all others of that host.
  void toss(std::string cookie, std::string_view host) { tossed_.emplace_back(host, std::move(cookie)); }
  /// Changes a byte of a cookie of this host; false when there is none.
  bool tamper(std::size_t which, std::size_t at, char flip, std::string_view host);

  /// @param is_cross_site_post a form of another site sends it: then cookies that are Lax stay at home.
  [[nodiscard]] std::string header(std::string_view host, std::string_view path, bool is_cross_site_post) const;
  [[nodiscard]] bool holds(const std::string& pair, std::string_view host) const;
  /// name=value of every cookie for a host's root, as it is sent.
  [[nodiscard]] std::vector<std::string> list(std::string_view host) const;

 private:
  struct Cookie {
    std::string name;
    std::string value;
    std::string domain;
    std::string path = "/";
    bool is_host_only = true;
    bool is_secure = false;
    bool is_none = false;

    [[nodiscard]] std::string pair() const { return name.empty() ? value : name + "=" + value; }
    [[nodiscard]] bool is_for(std::string_view host, std::string_view request_path) const;
  };

  static bool parse(std::string_view set_cookie, std::string_view host, Cookie& cookie, bool& is_removal);
  [[nodiscard]] std::vector<const Cookie*> matching(std::string_view host, std::string_view path) const;

  /// The oldest first: one that is set again keeps its place (5.7).
  std::vector<Cookie> cookies_;
  std::vector<std::pair<std::string, std::string>> tossed_;
};

}  // namespace landfall::fuzz
