#include "rules/profile.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/list.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"

namespace landfall {
namespace {

/// Down to token_response/owner/user/person/email, and an address in a list.
constexpr std::size_t kDepth = 6;

constexpr std::string_view kDefaults =
    "sub=sub name=name email=email email_verified=email_verified picture=picture username=preferred_username|nickname "
    "locale=locale";
constexpr std::string_view kMembers = "provider sub name email email_verified picture username locale";
/// Where a path leads that does not begin with `/`.
constexpr std::string_view kRoots = "userinfo/ claims/";

bool is_name_character(char c) { return is_alnum(c) || c == '_'; }

/// Adds every name in a text of paths.
void add_names(List<std::string_view>& names, std::string_view paths) {
  while (!paths.empty()) {
    std::size_t length = 0;
    while (length < paths.size() && is_name_character(paths[length])) ++length;
    if (length > 0) names.push_back(paths.substr(0, length));
    paths.remove_prefix(length == paths.size() ? length : length + 1);
  }
}

/// The paths of a member; those of OpenID Connect where the source has none.
std::string_view paths_of(std::string_view sources, std::string_view member) {
  for (std::string_view list : {sources, kDefaults}) {
    while (!list.empty()) {
      std::string_view path = take_until(list, ' ');
      if (take_until(path, '=') == member) return path;
    }
  }
  return {};
}

/// True, or the text of it.
bool is_true(const Value& value) { return value.text == "true"; }

class Profile {
 public:
  Profile(const Document& session, const ProfileSource& source) : session_(session), source_(source) {}

  [[nodiscard]] Text build(std::string_view provider) {
    Text json;
    for (std::string_view members = kMembers; !members.empty();) {
      const std::string_view member = take_until(members, ' ');
      append_json_name(json, member);
      takes_numbers_ = member == "sub";
      std::string_view text = find(member);
      if (member == "provider" && !provider.empty()) text = provider;
      if (member == "email" && !source_.emails.empty()) text = find_primary();
      if (member == "email_verified")
        json += is_verified_ ? "true" : "false";
      else if (text.empty())
        json += "null";
      else
        append_json_string(json, text);
    }
    json += '}';
    return json;
  }

 private:
  [[nodiscard]] const Value& at(std::string_view root, std::string_view path) const {
    static constexpr Value kNothing;
    const Value& value = path.starts_with('/') ? session_.at(path.substr(1)) : session_.at(concat(root, path));
    return value.text.size() > kMaxProfileTextBytes ? kNothing : value;
  }

  /// A text. Of an identifier that is a number, its digits.
  [[nodiscard]] std::string_view text_at(std::string_view root, std::string_view path) const {
    const Value& value = at(root, path);
    const bool is_text = value.is_string() || (takes_numbers_ && value.kind == Kind::number);
    return is_text ? value.text : std::string_view();
  }

  /// The first of a member's places that has something. With an address comes whether its source calls it verified.
  std::string_view find(std::string_view member) {
    std::string_view places = paths_of(source_.paths, member);
    while (!places.empty()) {
      const std::string_view where = take_until(places, '|');
      for (std::string_view roots = kRoots; !roots.empty();) {
        const std::string_view root = take_until(roots, ' ');
        const std::string_view text = read(root, where);
        if (text.empty()) continue;
        if (member == "email") is_verified_ = holds(root, paths_of(source_.paths, "email_verified"));
        return text;
      }
    }
    return {};
  }

  /// The texts at paths with `+` between them, or a text with paths in braces.
  [[nodiscard]] std::string_view read(std::string_view root, std::string_view where) const {
    Text out;
    if (where.find('{') == std::string_view::npos) {
      while (!where.empty()) {
        const std::string_view text = text_at(root, take_until(where, '+'));
        if (!text.empty()) out += concat(out.empty() ? "" : " ", text);
      }
      return out;
    }
    while (!where.empty()) {
      out += take_until(where, '{');
      if (where.empty()) break;
      const std::string_view text = text_at(root, take_until(where, '}'));
      if (text.empty()) return {};
      for (const char c : text)
        if (!is_alnum(c) && c != '_') return {};
      out += text;
    }
    return out;
  }

  [[nodiscard]] bool holds(std::string_view root, std::string_view conditions) const {
    if (conditions.empty()) return false;
    while (!conditions.empty()) {
      std::string_view one = take_until(conditions, '&');
      const char how = one.empty() ? ' ' : one.front();
      if (how == '?' || how == '#') one.remove_prefix(1);
      const Value& value = at(root, one);
      const bool is_so =
          how == '?' ? !value.text.empty() && value.is_string() : is_true(value) || (how == '#' && value.text == "1");
      if (!is_so) return false;
    }
    return true;
  }

  /// The primary address of a list.
  std::string_view find_primary() {
    is_verified_ = false;
    std::string_view names = source_.emails;
    const std::string_view address = take_until(names, ' ');
    const Text end = concat("/", take_until(names, ' '));
    for (const Document::Member& member : session_.members) {
      if (!member.path.starts_with("emails/") || !member.path.ends_with(end) || !is_true(member.value)) continue;
      const std::string_view entry = member.path.substr(0, member.path.size() - end.size() + 1);
      const std::string_view email = text_at(entry, address);
      is_verified_ = !email.empty() && is_true(at(entry, names));
      return email;
    }
    return {};
  }

  const Document& session_;
  const ProfileSource& source_;
  bool takes_numbers_ = false;
  bool is_verified_ = false;
};

}  // namespace

std::string_view subject_path(std::string_view paths) {
  std::string_view places = paths_of(paths, "sub");
  return take_until(places, '|');
}

Value subject(const Document& userinfo, std::string_view path) {
  Value id = userinfo.at("sub");
  if (id.kind != Kind::missing) return id;
  id = userinfo.at(path);
  if (id.kind == Kind::number) id.kind = Kind::string;
  return id;
}

Text build_profile(std::string_view provider, std::string_view session, const ProfileSource& source) {
  List<std::string_view> names;
  for (const std::string_view paths : {kDefaults, kRoots, source.paths, source.emails}) add_names(names, paths);
  if (!source.emails.empty()) add_names(names, "emails values");
  const Document* document = parse_json(session, {names.data(), names.size()}, kDepth);
  if (document == nullptr) return {};
  return Profile(*document, source).build(provider);
}

Text with_profile(std::string_view session, std::string_view profile) {
  Text whole = session.substr(0, session.size() - 1);
  append_json_name(whole, "profile");
  whole += profile;
  whole += '}';
  return whole;
}

}  // namespace landfall
