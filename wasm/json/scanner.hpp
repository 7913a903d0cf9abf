#pragma once

#include <cstdint>
#include <nlohmann/detail/input/lexer.hpp>
#include <string_view>

#include "base/ascii.hpp"
#include "base/memory.hpp"

/// The tokens of a JSON text, for json.cpp alone.
namespace landfall {

/// Where nlohmann's lexer puts the decoded text of strings and numbers: one behind the other, so that a view of one
/// stays good. All of them together are never longer than the document, so there is room from the start.
class JsonTexts {
 public:
  using value_type = char;

  JsonTexts() = default;
  explicit JsonTexts(std::size_t document_bytes) : begin_(static_cast<char*>(allocate(document_bytes + 1))) {}

  void clear() {
    begin_ += size_;
    size_ = 0;
  }
  [[gnu::noinline]] void push_back(char c) { begin_[size_++] = c; }
  /// With a NUL behind it, for strtoull.
  const char* data() {
    begin_[size_] = '\0';
    return begin_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {begin_, size_}; }

 private:
  char* begin_ = nullptr;
  std::size_t size_ = 0;
};

/// The text that is still to be read; the lexer takes its characters from here, and so can whoever knows better.
class JsonCursor {
 public:
  using char_type = char;

  explicit JsonCursor(std::string_view& rest) : rest_(&rest) {}
  std::char_traits<char>::int_type get_character() {
    if (rest_->empty()) return std::char_traits<char>::eof();
    const char c = rest_->front();
    rest_->remove_prefix(1);
    return std::char_traits<char>::to_int_type(c);
  }

 private:
  std::string_view* rest_;
};

/// The types that nlohmann's lexer makes values of: all that it wants to know of a JSON class.
struct JsonTypes {
  using number_integer_t = std::int64_t;
  using number_unsigned_t = std::uint64_t;
  using number_float_t = double;
  using string_t = JsonTexts;
};

/// Takes a text apart.
class JsonScanner {
  using Lexer = nlohmann::detail::lexer<JsonTypes, JsonCursor>;

 public:
  using Token = Lexer::token_type;

  explicit JsonScanner(std::string_view text) : rest_(text), lexer_(JsonCursor(rest_)) {
    lexer_.get_string() = JsonTexts(text.size());
  }
  JsonScanner(const JsonScanner&) = delete;
  JsonScanner& operator=(const JsonScanner&) = delete;

  /// The text of the last string or number.
  [[nodiscard]] std::string_view text() const { return text_; }

  /// The next token. Punctuation and plain strings, which are nearly all of every document, are read right here;
  /// whatever else there is, and whether it is JSON at all, the lexer knows.
  Token scan() {
    // It looks for a byte order mark first of all; and it reads numbers one character too far, which only it can give
    // back.
    if (needs_lexer_) return scan_by_lexer();
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n')) rest_.remove_prefix(1);
    if (rest_.empty()) return scan_by_lexer();
    switch (rest_.front()) {
      case '"':
        return scan_string();
      case ',':
        return take(Token::value_separator);
      case ':':
        return take(Token::name_separator);
      case '{':
        return take(Token::begin_object);
      case '}':
        return take(Token::end_object);
      case '[':
        return take(Token::begin_array);
      case ']':
        return take(Token::end_array);
      default:
        return scan_by_lexer();
    }
  }

 private:
  Token take(Token token) {
    rest_.remove_prefix(1);
    return token;
  }

  Token scan_string() {
    const std::size_t end = 1 + plain_prefix<'"', '\\'>(rest_.substr(1));
    if (end == rest_.size() || rest_[end] != '"') return scan_by_lexer();
    text_ = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return Token::value_string;
  }

  Token scan_by_lexer() {
    const Token token = lexer_.scan();
    text_ = lexer_.get_string().view();
    needs_lexer_ = token == Token::value_unsigned || token == Token::value_integer || token == Token::value_float;
    return token;
  }

  std::string_view rest_;
  Lexer lexer_;
  std::string_view text_;
  bool needs_lexer_ = true;
};

}  // namespace landfall
