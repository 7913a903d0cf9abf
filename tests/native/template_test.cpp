#include "pages/template.hpp"

#include <array>

#include "vectors.hpp"

namespace landfall {
namespace {

Text fill(std::string_view html, std::string_view value) {
  const auto slots = std::to_array<Slot>({{"a", value}, {"b", ""}, {"c", "x"}});
  return fill_template(html, slots);
}

TEST(Template, EscapesEveryCharacterThatMeansSomethingToHtml) {
  Text out;
  append_escaped(out, "a&b<c>d\"e'f`g");
  EXPECT_EQ(out, "a&#38;b&#60;c&#62;d&#34;e&#39;f&#96;g");
  EXPECT_EQ(fill("<p>{{a}}</p>", "<script>alert(1)</script>"), "<p>&#60;script&#62;alert(1)&#60;/script&#62;</p>");
  EXPECT_EQ(fill("<a href=\"{{a}}\">", "\" onclick=\"x"), "<a href=\"&#34; onclick=&#34;x\">");
  for (int c = 0; c < 0x80; ++c) {
    const char one = static_cast<char>(c);
    const std::string_view value(&one, 1);
    const bool is_special = c != 0 && std::string_view("&<>\"'`").find(one) != std::string_view::npos;
    EXPECT_EQ(fill("{{a}}", value) == value, !is_special) << c;
    EXPECT_EQ(fill("{{{a}}}", value), value) << "raw is as it is: " << c;
  }
}

TEST(Template, ASectionStaysWhereItsValueIsThere) {
  EXPECT_EQ(fill("1{{#a}}2{{a}}3{{/a}}4", "x"), "12x34");
  EXPECT_EQ(fill("1{{#a}}2{{a}}3{{/a}}4", ""), "14");
  EXPECT_EQ(fill("1{{^a}}2{{/a}}3", "x"), "13");
  EXPECT_EQ(fill("1{{^a}}2{{/a}}3", ""), "123");
  EXPECT_EQ(fill("{{#a}}yes{{/a}}{{^a}}no{{/a}}", "x"), "yes");
  EXPECT_EQ(fill("{{#a}}yes{{/a}}{{^a}}no{{/a}}", ""), "no");
  EXPECT_EQ(fill("{{#a}}1{{#c}}2{{/c}}{{#b}}3{{/b}}4{{/a}}", "x"), "124") << "one inside of another";
  EXPECT_EQ(fill("{{#b}}1{{#c}}2{{/c}}3{{/b}}4", "x"), "4") << "what is left out takes its sections with it";
}

TEST(Template, ANameWithoutASlotIsEmpty) {
  EXPECT_EQ(fill("1{{unknown}}2{{{unknown}}}3{{#unknown}}4{{/unknown}}5{{^unknown}}6{{/unknown}}", "x"), "12356");
}

TEST(Template, AValueIsNeverReadAsATemplate) {
  for (const std::string_view value : {"{{c}}", "{{{c}}}", "{{#b}}", "{{/a}}", "}}", "{{", "{"}) {
    EXPECT_EQ(fill("{{{a}}}", value), value);
    EXPECT_EQ(fill("[{{#a}}{{a}}{{/a}}]{{c}}", value), concat("[", value, "]x"));
  }
}

TEST(Template, WhateverIsWrittenHasAnEnd) {
  for (const std::string_view html : {"{{", "{{a", "{{}}", "{{{", "{{{a}}", "{{#a}}", "{{#b}}", "{{/a}}", "{{^a}}x",
                                      "}}", "{{{}}}", "{{#}}", "{{^}}x{{/}}", "{", "a{{b", ""})
    for (const std::string_view value : {"", "x"}) EXPECT_LE(fill(html, value).size(), html.size() + 1) << html;
}

}  // namespace
}  // namespace landfall
