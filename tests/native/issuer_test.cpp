#include "rules/issuer.hpp"

#include <gtest/gtest.h>

#include "vectors.hpp"

namespace landfall {
namespace {

constexpr std::string_view kOpen = "https://as.example/{tenantid}/v2.0";
constexpr std::string_view kTid = "3f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3";
constexpr std::string_view kOther = "4f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3";
constexpr std::string_view kPersonal = "9188040d-6c67-4c5b-b112-36a304b66dad";

Text issuer_of(std::string_view tenant) { return concat("https://as.example/", tenant, "/v2.0"); }

bool counts(std::string_view tenant, std::string_view tid) {
  return is_issuer({.issuer = kOpen, .tenant = tenant}, issuer_of(tid), tid);
}

TEST(Issuer, IsComparedAsText) {
  const Issuers one{.issuer = "https://as.example"};
  EXPECT_TRUE(is_issuer(one, "https://as.example", {}));
  for (const char* iss : {"", "https://as.example/", "https://AS.example", "https://as.exampl", "as.example"})
    EXPECT_FALSE(is_issuer(one, iss, kTid)) << iss;
  const Issuers two{.issuer = "https://as.example", .also_issuer = "as.example"};
  EXPECT_TRUE(is_issuer(two, "as.example", {}));
  EXPECT_EQ(check_iss("as.example", two, false), ErrorCode::iss_mismatch) << "the second spelling is the ID Token's";
  EXPECT_FALSE(is_issuer({.issuer = {}}, "", {}));
}

TEST(Issuer, AnOpenTenantIsTheTokensOwnGuid) {
  EXPECT_TRUE(counts("common", kTid));
  for (const std::string_view tid :
       {std::string_view(""), std::string_view("common"), std::string_view("3F1C0B6E-3F0E-4D35-9F6B-0A4BB8A1C2D3"),
        std::string_view("3f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3/x"), kTenantId, std::string_view("a/b")})
    EXPECT_FALSE(counts("common", tid)) << tid;
  EXPECT_FALSE(is_issuer({.issuer = kOpen, .tenant = "common"}, issuer_of(kTid), kOther));
  EXPECT_FALSE(is_issuer({.issuer = kOpen, .tenant = "common"}, kOpen, kTenantId)) << "the template is nobody";
  // Another beginning or end of the same length.
  const Issuers open{.issuer = kOpen, .tenant = "common"};
  EXPECT_FALSE(is_issuer(open, concat("https://ev.example/", kTid, "/v2.0"), kTid));
  EXPECT_FALSE(is_issuer(open, concat("https://as.example/", kTid, "/v1.0"), kTid));
  EXPECT_FALSE(is_issuer(open, concat("https://as.example/", kTid), kTid));
  EXPECT_FALSE(is_issuer({.issuer = kOpen, .tenant = "common"}, concat("x", issuer_of(kTid)), kTid));
  EXPECT_FALSE(is_issuer({.issuer = kOpen, .tenant = "common"}, concat(issuer_of(kTid), "x"), kTid));
}

TEST(Issuer, WhichTenantsCount) {
  for (const std::string_view tenant : {"common", "example.com"}) {
    EXPECT_TRUE(counts(tenant, kTid));
    EXPECT_TRUE(counts(tenant, kPersonal));
  }
  EXPECT_TRUE(counts("organizations", kTid));
  EXPECT_FALSE(counts("organizations", kPersonal));
  EXPECT_TRUE(counts("consumers", kPersonal));
  EXPECT_FALSE(counts("consumers", kTid));
  const Text list = concat(kTid, " ", kPersonal);
  EXPECT_TRUE(counts(list, kTid));
  EXPECT_TRUE(counts(list, kPersonal));
  EXPECT_FALSE(counts(list, kOther));
}

TEST(Issuer, OfAResponse) {
  const Issuers open{.issuer = kOpen, .tenant = kTid};
  EXPECT_EQ(check_iss(issuer_of(kTid), open, true), ErrorCode::ok);
  EXPECT_EQ(check_iss(issuer_of(kOther), open, true), ErrorCode::iss_mismatch);
  EXPECT_EQ(check_iss(kOpen, open, true), ErrorCode::iss_mismatch);
  EXPECT_EQ(check_iss("", open, true), ErrorCode::iss_missing);
  EXPECT_EQ(check_iss("anything", {.issuer = {}}, false), ErrorCode::ok);
}

TEST(Issuer, AKeySignsForItsTenant) {
  const Issuers open{.issuer = kOpen, .tenant = "common"};
  const Text iss = issuer_of(kTid);
  EXPECT_TRUE(may_sign_for(open, iss, iss));
  EXPECT_TRUE(may_sign_for(open, kOpen, iss));
  for (const std::string_view key :
       {issuer_of(kOther).view(), std::string_view(""), std::string_view("https://as.example")})
    EXPECT_FALSE(may_sign_for(open, key, iss)) << key;
  EXPECT_FALSE(may_sign_for(open, "https://as.example/", concat("https://as.example/", kTid)))
      << "only a template has tenants";
  EXPECT_TRUE(may_sign_for({.issuer = "https://as.example"}, "anything", "https://as.example"))
      << "only issuers with tenants have such keys";
}

}  // namespace
}  // namespace landfall
