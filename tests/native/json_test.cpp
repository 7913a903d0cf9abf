#include "json/json.hpp"
#include "base/limits.hpp"

#include <optional>

#include "guarded_text.hpp"
#include "rules/id_token.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::bytes;
using vectors::Json;

std::string kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "boolean";
    case Kind::number:
      return "number";
    case Kind::string:
      return "string";
    case Kind::array:
      return "array";
    case Kind::object:
      return "object";
    default:
      return "missing";
  }
}

// The document may point into the text, which stays until the next call.
const Document* parse_exact(const std::string& text, const std::vector<std::string>& wanted, std::size_t depth) {
  static std::optional<GuardedText> exact;
  exact.emplace(text);
  const std::vector<std::string_view> names(wanted.begin(), wanted.end());
  return parse_json(*exact, names, depth);
}

VECTOR_TEST(JsonReader, json) {
  const auto document = parse_exact(bytes(c.at("json")), c.at("wanted").get<std::vector<std::string>>(),
                                    c.at("max_depth").get<std::size_t>());
  const Json& want = c.at("want");
  ASSERT_EQ(document != nullptr, !want.is_null());
  if (!document) return;
  EXPECT_EQ(kind_name(document->root.kind), want.at("root").at(0).get<std::string>());
  EXPECT_EQ(document->root.text, bytes(want.at("root").at(1)));
  const Json& members = want.at("members");
  if (c.at("wanted").empty() || !members.empty()) ASSERT_EQ(document->members.size(), members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Document::Member& member = document->members[i];
    const std::string path = bytes(members.at(i).at(0));
    EXPECT_EQ(member.path, path);
    EXPECT_EQ(kind_name(member.value.kind), members.at(i).at(1).get<std::string>()) << path;
    EXPECT_EQ(member.value.text, bytes(members.at(i).at(2))) << path;
    EXPECT_EQ(&document->at(path), &member.value) << path;
  }
  EXPECT_EQ(document->at("no such member").kind, Kind::missing);
}

TEST(JsonReader, ANameWithASlashIsToldByItsDepth) {
  const auto document = parse_exact(R"({"a":{"b":1},"a/b":2,"c":[[3]]})", {}, 3);
  ASSERT_NE(document, nullptr);
  std::vector<std::pair<std::string, std::size_t>> members;
  for (const Document::Member& member : document->members) members.emplace_back(member.path, member.depth);
  EXPECT_EQ(members, (std::vector<std::pair<std::string, std::size_t>>{
                         {"a", 0}, {"a/b", 1}, {"a/b", 0}, {"c", 0}, {"c/0", 1}, {"c/0/0", 2}}));
  EXPECT_EQ(parse_exact(R"({"a/b":1,"a":{"b":2},"a/b":3})", {}, 2), nullptr) << "the same name twice";
}

TEST(JsonReader, EveryPrefixIsReadWithoutHarm) {
  const std::string text = R"( {"a":[1,-2.5e+3,true,false,null,{"b":"\ud83d\ude00\u00e9\n"}],"c":{"a":"x"}})";
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(parse_exact(text.substr(0, size), {}, 9)) << text.substr(0, size);
  EXPECT_TRUE(parse_exact(text, {}, 9));
}

TEST(JsonReader, EveryByteAnywhere) {
  const std::string text = R"({"a":[1,"\u00e9"]})";
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[i] = static_cast<char>(byte);
      const bool accepted = Json::accept(changed) && byte != 0;
      EXPECT_EQ(parse_exact(changed, {}, 9) != nullptr, accepted) << changed;
    }
  }
}

TEST(JsonReader, ReadsSoManyNamesAndNoMore) {
  const auto read = [](std::size_t count) {
    Memory memory;
    const MemoryScope scope(memory);
    std::string json = "{";
    for (std::size_t i = 0; i < count; ++i) json += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\":0";
    return parse_json(json + "}", {}, 1) != nullptr;
  };
  EXPECT_TRUE(read(kMaxJsonNames));
  EXPECT_FALSE(read(kMaxJsonNames + 1));
}

// That it takes linear time is counted elsewhere: tests/cpu-instructions/json_parsers.cpp.
TEST(JsonReader, LongHostileTextStaysWithinItsMemory) {
  for (const std::string_view unit : {"{\"a\":", "[", "\"\\ud800", "1,", "\\u", "\"x\":1,", "9", "[],", "{},"}) {
    for (const std::string_view prefix : {"", "[", "{\"x\":[", "\"", "{"}) {
      std::string text(prefix);
      while (text.size() < 1u << 16) text += unit;
      static_cast<void>(parse_exact(text, {"a"}, 2));
    }
  }
}

VECTOR_TEST(Jwt, jwt) {
  const std::string compact = bytes(c.at("compact"));
  const GuardedText exact(compact);
  const auto id_token = parse_id_token(exact);
  ASSERT_EQ(id_token != nullptr, !c.at("payload").is_null());
  if (!id_token) return;
  EXPECT_EQ(id_token->payload, c.at("payload").get<std::string>());
  EXPECT_EQ(concat(id_token->signing_input, ".", id_token->signature), compact);
  EXPECT_EQ(id_token->header.at("alg").text, "RS256");
}

}  // namespace
}  // namespace landfall
