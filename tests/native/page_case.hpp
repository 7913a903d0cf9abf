#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "base/base64url.hpp"
#include "base/sha256.hpp"

/// What a page is made of, as a browser takes it apart.
namespace landfall {

/// The tags of a page in their order, with the names of their attributes and without any text: what a value must not
/// change. What stands in <style> and <script> is no HTML.
inline std::vector<std::string> shape_of(std::string_view html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    std::string tag;
    bool is_quoted = false;
    for (; at < html.size() && (is_quoted || html[at] != '>'); ++at) {
      if (html[at] == '"') is_quoted = !is_quoted;
      if (!is_quoted) tag += html[at];
    }
    tags.push_back(tag);
    for (const std::string_view raw : {"style", "script"})
      if (tag.starts_with("<" + std::string(raw))) at = std::min(html.find("</" + std::string(raw), at), html.size());
  }
  return tags;
}

/// The text of an element that is there once; empty otherwise.
inline std::string element_of(std::string_view html, const std::string& name) {
  const std::size_t open = html.find("<" + name);
  if (open == std::string_view::npos || html.find("<" + name, open + 1) != std::string_view::npos) return {};
  const std::size_t begin = html.find('>', open) + 1;
  return std::string(html.substr(begin, html.find("</" + name + ">", begin) - begin));
}

/// A text as a Content-Security-Policy names it.
inline std::string hash_of(std::string_view text) {
  const Sha256Digest digest = sha256(text);
  return "'sha256-" + std::string(base64(as_bytes(digest)).view()) + "'";
}

/// The sources of a directive; nothing when it is not there once.
inline std::vector<std::string> sources_of(std::string_view policy, std::string_view directive) {
  std::vector<std::string> found;
  std::size_t times = 0;
  while (!policy.empty()) {
    std::string_view rest = policy.substr(0, policy.find("; "));
    policy.remove_prefix(std::min(rest.size() + 2, policy.size()));
    const std::string_view name = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    if (name != directive) continue;
    ++times;
    for (; !rest.empty(); rest.remove_prefix(std::min(found.back().size() + 1, rest.size())))
      found.emplace_back(rest.substr(0, rest.find(' ')));
  }
  return times == 1 ? found : std::vector<std::string>{};
}

/// Values that would be more than text, where they were not escaped.
inline constexpr std::string_view kHostileValues[] = {
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onload='alert(1)",
    "\" onload=\"alert(1)",
    "` onload=`alert(1)",
    "</main></html>",
    "</style></script>",
    "<!--",
    "-->",
    "]]>",
    "&lt;script&gt;",
    "{{{script}}}",
    "{{#code}}",
    "{{/code}}",
    "javascript:alert(1)",
    "/a?b=<c>&d=\"e\"",
};

using Strings = std::vector<std::string>;

/// What holds of every page: one style and one script, which the policy names and nothing else, and nothing that the
/// policy would stop.
inline void expect_sound(std::string_view html, std::string_view policy) {
  const std::string style = element_of(html, "style");
  const std::string script = element_of(html, "script");
  EXPECT_FALSE(style.empty());
  EXPECT_FALSE(script.empty());
  EXPECT_EQ(sources_of(policy, "style-src"), Strings{hash_of(style)});
  EXPECT_EQ(sources_of(policy, "script-src"), Strings{hash_of(script)});
  EXPECT_EQ(sources_of(policy, "default-src"), Strings{"'none'"});
  EXPECT_EQ(sources_of(policy, "frame-ancestors"), Strings{"'none'"});
  EXPECT_EQ(sources_of(policy, "base-uri"), Strings{"'none'"});
  EXPECT_EQ(sources_of(policy, "img-src"), Strings{"data:"});
  EXPECT_EQ(element_of(html, "h1"), element_of(html, "title"));
  for (const std::string& tag : shape_of(html)) {
    EXPECT_EQ(tag.find(" on"), std::string::npos) << tag;
    EXPECT_EQ(tag.find(" style"), std::string::npos) << tag;
    EXPECT_EQ(tag.find('\''), std::string::npos) << tag;
  }
  for (const char c : html) EXPECT_TRUE((c >= ' ' && c < '\x7F') || c == '\n') << static_cast<int>(c);
}

}  // namespace landfall
