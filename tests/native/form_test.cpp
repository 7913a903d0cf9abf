#include "web/form.hpp"

#include "guarded_text.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;

VECTOR_TEST(Form, form) {
  if (c.contains("bytes")) {
    const std::string data = bytes(c.at("bytes"));
    Text out;
    append_form_encoded(out, data);
    EXPECT_EQ(out, c.at("form_encoded").get<std::string>());
    EXPECT_EQ(form_decode(out), data);
    return;
  }
  const GuardedText encoded(bytes(c.at("encoded")));
  FormFields fields(encoded);
  FormField field;
  for (const vectors::Json& wanted : c.at("fields")) {
    ASSERT_TRUE(fields.read(field)) << "a field is missing";
    const std::string name = bytes(wanted.at("name"));
    EXPECT_EQ(form_decode(field.name), name);
    EXPECT_EQ(form_decode(field.value), bytes(wanted.at("value")));
    EXPECT_TRUE(form_name_is(field.name, name));
    EXPECT_FALSE(form_name_is(field.name, name + "x"));
    EXPECT_FALSE(form_name_is(field.name, "x" + name));
    if (!name.empty()) EXPECT_FALSE(form_name_is(field.name, std::string_view(name).substr(1)));
    if (!name.empty()) EXPECT_FALSE(form_name_is(field.name, std::string_view(name).substr(0, name.size() - 1)));
  }
  EXPECT_FALSE(fields.read(field)) << "a field too many";
  EXPECT_FALSE(fields.read(field)) << "the end stays the end";
}

TEST(Form, NamesAreComparedAsBytes) {
  EXPECT_TRUE(form_name_is("", ""));
  EXPECT_TRUE(form_name_is("c%6Fde", "code"));
  EXPECT_TRUE(form_name_is("a+b", "a b"));
  EXPECT_FALSE(form_name_is("Code", "code"));
  EXPECT_FALSE(form_name_is("code%00", "code"));
  EXPECT_FALSE(form_name_is("code%", "code"));
  EXPECT_FALSE(form_name_is("c%256Fde", "code"));
}

TEST(Form, AFieldIsAppendedAfterWhatIsThere) {
  Text query;
  append_form_field(query, "scope", "openid email");
  append_form_field(query, "a&b", "c=d");
  EXPECT_EQ(query, "scope=openid+email&a%26b=c%3Dd");

  Text url = "https://as.example/authorize?";
  append_form_field(url, "state", "");
  EXPECT_EQ(url, "https://as.example/authorize?state=");

  Text kept = "https://as.example/authorize?tenant=a&";
  append_form_field(kept, "b", "1");
  EXPECT_EQ(kept, "https://as.example/authorize?tenant=a&b=1");
}

TEST(Form, AFieldThatOccursTwiceIsAmbiguous) {
  EXPECT_EQ(read_form_field("a=1&next=%2Fx&b=2", "next"), "/x");
  EXPECT_EQ(read_form_field("next=%2Fx&b=2&next=%2Fy", "next"), "");
  EXPECT_EQ(read_form_field("next=%2Fx&n%65xt=%2Fx", "next"), "") << "in another spelling";
  EXPECT_EQ(read_form_field("a=1", "next"), "");
}

TEST(Form, ReadsNothingBehindTheView) {
  const std::string text = "a=%41";
  EXPECT_EQ(form_decode(std::string_view(text).substr(2, 2)), "%4");
  EXPECT_EQ(form_decode(std::string_view(text).substr(2, 1)), "%");
  FormFields fields(std::string_view(text).substr(0, 1));
  FormField field;
  ASSERT_TRUE(fields.read(field));
  EXPECT_EQ(field.name, "a");
  EXPECT_EQ(field.value, "");
}

TEST(Form, EveryByteComesBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  Text encoded;
  append_form_field(encoded, all, all);
  FormFields fields(encoded);
  FormField field;
  ASSERT_TRUE(fields.read(field));
  EXPECT_TRUE(form_name_is(field.name, all));
  EXPECT_EQ(form_decode(field.value), all);
  EXPECT_FALSE(fields.read(field));
}

// Quadratic work on any of these would take hours.
TEST(Form, HostileTextTakesLinearTime) {
  constexpr std::size_t kBytes = 4u << 20;
  for (const std::string_view unit : {"&", "=", "%", "+", "a&", "a=&", "%25", "a"}) {
    std::string text;
    while (text.size() < kBytes) text += unit;
    FormFields fields(text);
    FormField field;
    std::size_t read = 0;
    for (; fields.read(field); ++read) static_cast<void>(form_name_is(field.name, "code"));
    EXPECT_LE(read, text.size()) << unit;
    EXPECT_LE(form_decode(text).size(), text.size()) << unit;
  }
}

}  // namespace
}  // namespace landfall
