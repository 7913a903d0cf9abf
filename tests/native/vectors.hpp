#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/errors.hpp"
#include "base/memory.hpp"
#include "base/text.hpp"

namespace landfall {

/// A failed test shows text as text.
inline std::ostream& operator<<(std::ostream& out, const Text& text) { return out << text.view(); }
inline void PrintTo(const Text& text, std::ostream* out) { *out << testing::PrintToString(std::string(text.view())); }

}  // namespace landfall

/// Test vectors: tests/vectors/NAME.json, in the shape of tests/vectors/schema.json.
///
///     VECTOR_TEST(Sha256, sha256) { EXPECT_EQ(hex(sha256(bytes(c.at("message")))), c.at("sha256")); }
///
/// is one test that runs its body for every case `c` of tests/vectors/sha256.json, or for the one that the environment
/// variable LANDFALL_CASE names; a run of no case fails. Naming a file here also reports it
/// as known, before main(), so that vectors_test.cpp finds a file that no test reads, whatever filter is set. For that,
/// all native tests are linked into one program.
namespace vectors {

using Json = nlohmann::json;

/// The names of all files that some VECTOR_TEST reads.
inline std::set<std::string>& known_files() {
  static std::set<std::string> names;
  return names;
}

struct Known {
  explicit Known(const char* name) { known_files().insert(name); }
};

/// The file's document; throws when it is missing, is not JSON, has no cases or not as many as it says.
inline Json load(const std::string& name) {
  std::ifstream file(std::string(LANDFALL_VECTORS_DIR) + "/" + name + ".json");
  if (!file) throw std::runtime_error("no such file of vectors: " + name);
  Json document = Json::parse(file);
  const Json& cases = document.at("cases");
  if (!cases.is_array() || cases.empty()) throw std::runtime_error(name + " has no cases");
  if (document.at("count") != cases.size()) throw std::runtime_error(name + " does not have `count` cases");
  if (document.at("name") != name) throw std::runtime_error(name + " has another `name`");
  return document;
}

/// Whether a run wants this case: each, or the one whose id LANDFALL_CASE is.
inline bool is_wanted(const Json& c) {
  const char* id = std::getenv("LANDFALL_CASE");
  return id == nullptr || c.at("id") == id;
}

/// The bytes that a value stands for: "text", {"text"|"hex": …, "repeat"?: n} or {"parts": […]}.
inline std::string bytes(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  std::string out;
  if (value.contains("parts")) {
    for (const Json& part : value.at("parts")) out += bytes(part);
    return out;
  }
  std::string once;
  if (value.contains("text")) {
    once = value.at("text").get<std::string>();
  } else {
    const auto digits = value.at("hex").get<std::string>();
    if (digits.size() % 2 != 0) throw std::runtime_error("an odd number of hexadecimal digits");
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      once.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
  }
  for (std::size_t n = value.value("repeat", std::size_t{1}); n != 0; --n) out += once;
  return out;
}

/// A member's bytes; empty when it is not there.
inline std::string bytes_or_empty(const Json& object, const char* name) {
  return object.contains(name) ? bytes(object.at(name)) : std::string();
}

/// An error code as vectors write it.
inline std::string name_of(landfall::ErrorCode code) {
  return code == landfall::ErrorCode::ok ? "ok" : std::string(landfall::error_row(code).name);
}

/// Bytes in lower-case hexadecimal digits, as vectors write them.
inline std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(c) >> 4]);
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(c) & 15]);
  }
  return out;
}

}  // namespace vectors

#define VECTOR_TEST(suite, file)                                                                              \
  static const vectors::Known suite##_##file##_known(#file);                                                  \
  static void suite##_##file##_case(const vectors::Json& c);                                                  \
  TEST(suite, file##_vectors) {                                                                               \
    const vectors::Json document = vectors::load(#file);                                                      \
    int run = 0;                                                                                              \
    for (const vectors::Json& c : document.at("cases")) {                                                     \
      if (!vectors::is_wanted(c)) continue;                                                                   \
      SCOPED_TRACE(std::string(#file) + " " + c.at("id").get<std::string>() + ": " + c.value("comment", "")); \
      landfall::Memory call_memory;                                                                           \
      const landfall::MemoryScope call(call_memory);                                                          \
      suite##_##file##_case(c);                                                                               \
      run += 1;                                                                                               \
    }                                                                                                         \
    EXPECT_GT(run, 0) << #file << " has no case with the id that LANDFALL_CASE names";                        \
  }                                                                                                           \
  static void suite##_##file##_case(const vectors::Json& c)
