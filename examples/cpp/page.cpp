#include "page.hpp"

#include <cctype>
#include <cstdio>

using namespace landfall;

namespace {

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = std::string_view("&<>\"'`").find(c) == std::string_view::npos;
    out += is_plain ? std::string(1, c) : "&#" + std::to_string(int(c)) + ";";
  }
  return out;
}

/// A value of a query. Every character except letters and digits is encoded.
std::string encode_query(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    char encoded[4];
    std::snprintf(encoded, sizeof encoded, std::isalnum(c) ? "%c" : "%%%02X", c);
    out += encoded;
  }
  return out;
}

}  // namespace

std::string_view sentence_of(std::string_view code) {
#define LANDFALL_ERROR(name, blame, reply, sentence, specification) \
  if (code == #name) return sentence;
#include <landfall/base/errors.def>
#undef LANDFALL_ERROR
  return {};
}

std::string make_error_page(const Fields& ready, const Fields& step) {
  const std::string_view sentence = sentence_of(step[RespondField::code]);
  const std::string again = std::string(ready[ReadyField::sign_in_path]) +
                            "?provider=" + encode_query(step[RespondField::provider]) +
                            "&next=" + encode_query(step[RespondField::next]);
  return "<!doctype html>\n<html lang=\"en\">\n<title>The sign-in did not finish</title>\n<p>" +
         escape_html(sentence.empty() ? "It was interrupted, or this page was opened by itself." : sentence) +
         (step[RespondField::provider].empty() ? "" : "\n<p><a href=\"" + escape_html(again) + "\">Start again</a>") +
         "\n";
}
