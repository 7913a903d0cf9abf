#include "rules/profile.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "vectors.hpp"

namespace landfall {
namespace {

using vectors::Json;

Json profile_of(const std::string& session, const ProfileSource& source = {.paths = {}}) {
  const Text profile = build_profile("work", session, source);
  return profile.empty() ? Json() : Json::parse(std::string(profile.view()));
}

/// The members that are not null, and email_verified where it is true.
Json said_of(const std::string& session, const ProfileSource& source = {.paths = {}}) {
  Json said = Json::object();
  const Json profile = profile_of(session, source);
  for (const auto& [name, value] : profile.items())
    if (!value.is_null() && value != false && name != "provider") said[name] = value;
  return said;
}

TEST(Profile, HasEveryMember) {
  EXPECT_EQ(profile_of("{}").dump(),
            R"({"email":null,"email_verified":false,"locale":null,"name":null,"picture":null,"provider":"work",)"
            R"("sub":null,"username":null})");
  EXPECT_EQ(said_of(R"({"claims":{"sub":"1","name":"N","email":"e","email_verified":true,"picture":"p",
                        "preferred_username":"u","locale":"de"}})"),
            Json::parse(R"({"sub":"1","name":"N","email":"e","email_verified":true,"picture":"p","username":"u",
                            "locale":"de"})"));
}

TEST(Profile, UserinfoComesBeforeClaims) {
  EXPECT_EQ(said_of(R"({"claims":{"name":"A","locale":"de"},"userinfo":{"name":"B"}})"),
            Json::parse(R"({"name":"B","locale":"de"})"));
}

TEST(Profile, AnAddressIsVerifiedByTheSourceThatHasIt) {
  const Json unverified = Json::parse(R"({"email":"b"})");
  EXPECT_EQ(said_of(R"({"claims":{"email":"a","email_verified":true},"userinfo":{"email":"b"}})"), unverified);
  EXPECT_EQ(said_of(R"({"claims":{"email_verified":true},"userinfo":{"email":"b","email_verified":false}})"),
            unverified);
  EXPECT_EQ(said_of(R"({"userinfo":{"email_verified":true}})"), Json::object());
}

TEST(Profile, OnlyTrueVerifies) {
  for (const char* value : {"1", "\"1\"", "\"yes\"", "\"TRUE\"", "{}", "[true]", "null", "0", "\"false\""})
    EXPECT_EQ(said_of(std::string(R"({"claims":{"email":"a","email_verified":)") + value + "}}").size(), 1u) << value;
  for (const char* value : {"true", "\"true\""})
    EXPECT_EQ(said_of(std::string(R"({"claims":{"email":"a","email_verified":)") + value + "}}").size(), 2u) << value;
}

TEST(Profile, ARowMayCountOneAndPresence) {
  const ProfileSource one{.paths = "email_verified=#ok"};
  for (const char* value : {"1", "\"1\"", "true"})
    EXPECT_TRUE(said_of(std::string(R"({"claims":{"email":"a","ok":)") + value + "}}", one).contains("email_verified"));
  EXPECT_FALSE(said_of(R"({"claims":{"email":"a","ok":2}})", one).contains("email_verified"));
  const ProfileSource any{.paths = "email_verified=?at"};
  EXPECT_TRUE(said_of(R"({"claims":{"email":"a","at":"2026"}})", any).contains("email_verified"));
  for (const char* value : {"\"\"", "5", "true", "null", "{}"})
    EXPECT_FALSE(said_of(std::string(R"({"claims":{"email":"a","at":)") + value + "}}", any).contains("email_verified"))
        << value;
  const ProfileSource both{.paths = "email_verified=x&y"};
  EXPECT_TRUE(said_of(R"({"claims":{"email":"a","x":true,"y":true}})", both).contains("email_verified"));
  EXPECT_FALSE(said_of(R"({"claims":{"email":"a","x":true,"y":false}})", both).contains("email_verified"));
  EXPECT_FALSE(said_of(R"({"claims":{"email":"a","email_verified":true}})", {.paths = "email_verified="})
                   .contains("email_verified"));
}

TEST(Profile, PathsLeadDownAndElsewhere) {
  const ProfileSource source{
      .paths =
          "sub=id name=nick|first+last picture=https://cdn.example/{id}/{hash}.png username=/token_response/owner/n"};
  EXPECT_EQ(said_of(R"({"userinfo":{"id":12345678901234567890,"first":"A","last":"B","hash":"a_1"},
                        "token_response":{"owner":{"n":"u"}}})",
                    source),
            Json::parse(R"({"sub":"12345678901234567890","name":"A B","username":"u"})"))
      << "a number is no part of an address";
  EXPECT_EQ(said_of(R"({"userinfo":{"id":"1","first":"A","hash":"a_1"}})", source),
            Json::parse(R"({"sub":"1","name":"A","picture":"https://cdn.example/1/a_1.png"})"));
  EXPECT_FALSE(said_of(R"({"userinfo":{"id":"1","hash":"../x"}})", source).contains("picture"));
}

TEST(Profile, ThePrimaryAddressOfAList) {
  const ProfileSource source{.paths = {}, .emails = "email primary verified"};
  const auto said = [&](const std::string& emails) {
    return said_of(R"({"userinfo":{"email":"public"},"emails":)" + emails + "}", source);
  };
  EXPECT_EQ(said(R"([{"email":"a","primary":false,"verified":true},{"email":"b","primary":true,"verified":true}])"),
            Json::parse(R"({"email":"b","email_verified":true})"));
  EXPECT_EQ(said(R"({"values":[{"email":"b","primary":true,"verified":false}]})"), Json::parse(R"({"email":"b"})"));
  EXPECT_EQ(said(R"([{"email":"a","verified":true}])"), Json::object());
  EXPECT_EQ(said(R"([{"primary":true,"verified":true}])"), Json::object());
  EXPECT_EQ(said("{}"), Json::object()) << "the public address is not the primary one";
}

TEST(Profile, OtherTypesAndLongTextsAreNull) {
  EXPECT_EQ(said_of(R"({"claims":{"sub":true,"name":5,"email":["a"],"picture":{},"locale":""}})"), Json::object());
  const std::string longest(kMaxProfileTextBytes, 'n');
  EXPECT_EQ(said_of(R"({"claims":{"name":")" + longest + "\"}}").size(), 1u);
  EXPECT_EQ(said_of(R"({"claims":{"name":")" + longest + "n\"}}"), Json::object());
  EXPECT_EQ(said_of(R"({"claims":{"email_verified":true,"email":")" + longest + "n\"}}"), Json::object());
}

// The bytes behind the paths belong to the next column of the row.
TEST(Profile, APathEndsWhereItsTextEnds) {
  const std::string_view row = "name=nicksub=id";
  EXPECT_EQ(said_of(R"({"userinfo":{"nick":"N"}})", {.paths = row.substr(0, 9)}), Json::parse(R"({"name":"N"})"));
}

TEST(Profile, OnlyWhatItReadsMayNotRepeat) {
  EXPECT_EQ(said_of(R"({"claims":{"x":1,"x":2,"name":"a"}})"), Json::parse(R"({"name":"a"})"));
}

TEST(Profile, OnlyTheListHasThePrimaryAddress) {
  const std::string entry = R"({"email":"a","primary":true,"verified":true})";
  EXPECT_EQ(said_of(R"({"userinfo":)" + entry + R"(,"emails":[]})", {.paths = {}, .emails = "email primary verified"}),
            Json::object());
}

TEST(Profile, WhatCannotBeReadHasNone) {
  for (const char* session : {"", "[", R"({"claims":{"name":"a","name":"b"}})"})
    EXPECT_TRUE(build_profile("work", session, {.paths = {}}).empty()) << session;
  constexpr std::string_view kSession = R"({"provider":"x"})";
  EXPECT_EQ(with_profile(kSession, build_profile({}, kSession, {.paths = "provider=/provider"})),
            R"({"provider":"x","profile":{"provider":"x","sub":null,"name":null,"email":null,"email_verified":false,)"
            R"("picture":null,"username":null,"locale":null}})");
}

}  // namespace
}  // namespace landfall
